package cn.onecard.analytics.flow;

import cn.onecard.vocabulary.BusinessDate;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The risk reports, one file a day, beside the secrets: no analyst ever sees them. */
public final class RiskReports {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    /** The reports in this folder. */
    public RiskReports(Path folder) {
        this.folder = folder;
    }

    Optional<RiskReport> find(BusinessDate day) throws IOException {
        Path file = file(day);
        return Files.exists(file) ? Optional.of(JSON.readValue(file.toFile(), RiskReport.class)) : Optional.empty();
    }

    void write(BusinessDate day, RiskReport report) throws IOException {
        Files.createDirectories(folder);
        if (!Files.exists(file(day))) {
            Files.createFile(file(day), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(file(day), JSON.writeValueAsBytes(report));
    }

    private Path file(BusinessDate day) {
        return folder.resolve("risk-" + day + ".json");
    }
}
