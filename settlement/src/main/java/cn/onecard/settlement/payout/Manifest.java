package cn.onecard.settlement.payout;

import cn.onecard.settlement.net.NettedDay;
import cn.onecard.settlement.net.Position;
import cn.onecard.settlement.seal.SealedDay;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The list of a day's files with their hashes, and the totals and the Merkle root that they rest on: {@code manifest.json}, keys
 *  in alphabetical order. {@code manifest.sig} is the signature over its bytes. */
public final class Manifest {
    public static final String NAME = "manifest.json";
    public static final String SIGNATURE = "manifest.sig";

    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .setDefaultPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(INDENT).withArrayIndenter(INDENT));

    private Manifest() {}

    static WrittenFile write(NettedDay day, List<WrittenFile> files, Path folder) throws IOException {
        SealedDay sealed = day.cleared().sealed();
        Map<String, Object> manifest = Map.of(
                "businessDate", day.date().toString(),
                "closedAt", UTC.format(sealed.closedAt()),
                "feeVersion", day.cleared().feeVersion(),
                "files", files.stream().sorted(Comparator.comparing(written -> written.file().name())).map(Manifest::describe).toList(),
                "journal", Map.of("acceptedFen", sealed.accepted().fen(), "merkleRoot", sealed.root().hex(),
                        "suspenseFen", sealed.suspense().fen(), "taps", sealed.tapCount()),
                "payments", Map.of("entries", sealed.payments().entryCount(), "merkleRoot", sealed.payments().root().hex(),
                        "movedFen", sealed.payments().moved().fen()),
                "positions", day.positions().stream().map(Manifest::describe).toList());
        Path path = folder.resolve(NAME);
        Files.writeString(path, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(manifest) + "\n", StandardCharsets.UTF_8);
        return WrittenFile.complete(path, files.size());
    }

    private static Map<String, Object> describe(WrittenFile written) {
        return Map.of("bytes", written.file().byteCount(), "name", written.file().name(), "rows", written.rows(),
                "sha256", written.file().sha256().hex());
    }

    private static Map<String, Object> describe(Position position) {
        return Map.of("holder", position.holder(), "netFen", position.net().fen());
    }
}
