package cn.onecard.settlement.clear;

import cn.onecard.settlement.day.Service;
import cn.onecard.settlement.day.SettlementFailure;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;

/** Services as a CSV file with the columns {@code service_code, service, domain}. Names are capitals, digits and underscores. */
public final class ServiceFile {
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]{0,23}");

    private ServiceFile() {}

    /** Reads the services of a file.
     *
     *  @throws SettlementFailure if the file is not as it should be; the message names the line */
    public static List<Service> read(Path file) {
        List<Service> services = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord line : lines) {
                try {
                    services.add(new Service(code(line.getField("service_code")), name(line.getField("service")), name(line.getField("domain"))));
                } catch (IllegalArgumentException | NoSuchElementException e) {
                    throw new SettlementFailure(file + ", line " + line.getStartingLineNumber() + ": " + e.getMessage(), e);
                }
            }
        } catch (IOException e) {
            throw new SettlementFailure("the services cannot be read: " + e.getMessage(), e);
        }
        return services;
    }

    private static int code(String text) {
        int code = Integer.parseInt(text);
        if (code < 1 || code > Short.MAX_VALUE) {
            throw new IllegalArgumentException("a service code is a number from 1 to " + Short.MAX_VALUE);
        }
        return code;
    }

    private static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is no name of a service or domain");
        }
        return text;
    }
}
