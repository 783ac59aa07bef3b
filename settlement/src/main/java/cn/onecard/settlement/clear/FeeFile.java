package cn.onecard.settlement.clear;

import cn.onecard.settlement.day.Service;
import cn.onecard.settlement.day.Services;
import cn.onecard.settlement.day.SettlementFailure;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;

/** The fee rules as a CSV file with the columns {@code fee_version, valid_from, party_id, service, beneficiary_id,
 *  share_weight}: one line a rule, the same {@code valid_from} on all lines of a version. */
public final class FeeFile {
    private FeeFile() {}

    /** Reads the versions of a file, in the order of their numbers.
     *
     *  @param services those that a line may name
     *  @throws SettlementFailure if the file is not as it should be; the message names the line */
    public static List<FeeVersion> read(Path file, Services services) {
        Map<Integer, LocalDate> validFrom = new TreeMap<>();
        Map<Integer, List<FeeRule>> rules = new TreeMap<>();
        try (CsvReader<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord line : lines) {
                try {
                    int version = Integer.parseInt(line.getField("fee_version"));
                    LocalDate from = LocalDate.parse(line.getField("valid_from"));
                    LocalDate before = validFrom.putIfAbsent(version, from);
                    if (before != null && !before.equals(from)) {
                        throw new IllegalArgumentException("version " + version + " is valid from " + before + " and from " + from);
                    }
                    rules.computeIfAbsent(version, v -> new ArrayList<>()).add(new FeeRule(
                            Integer.parseInt(line.getField("party_id")), service(services, line.getField("service")),
                            Integer.parseInt(line.getField("beneficiary_id")), Long.parseLong(line.getField("share_weight"))));
                } catch (IllegalArgumentException | DateTimeException | NoSuchElementException e) {
                    throw new SettlementFailure(file + ", line " + line.getStartingLineNumber() + ": " + e.getMessage(), e);
                }
            }
        } catch (IOException e) {
            throw new SettlementFailure("the fee rules cannot be read: " + e.getMessage(), e);
        }
        if (rules.isEmpty()) {
            throw new SettlementFailure(file + " holds no fee rule");
        }
        return rules.entrySet().stream()
                .map(entry -> new FeeVersion(entry.getKey(), validFrom.getOrDefault(entry.getKey(), LocalDate.EPOCH), entry.getValue())).toList();
    }

    private static Service service(Services services, String name) {
        return services.findByName(name).orElseThrow(() -> new IllegalArgumentException("no service is called " + name));
    }
}
