package cn.onecard.engine.boot;

import cn.onecard.engine.partner.counter.Errand;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/** Errands as a CSV file with the columns {@code key, act, card_no, caller, amount_fen, detail, earlier}. */
final class ErrandFile {
    private ErrandFile() {}

    /** Reads a file.
     *
     *  @throws OperationFailed if it is not as it should be; the message names the line */
    static List<Errand> read(Path file) throws IOException {
        List<Errand> errands = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : rows) {
                try {
                    errands.add(new Errand(row.getField("key"), Errand.Act.valueOf(row.getField("act")), row.getField("card_no"), row.getField("caller"),
                            Long.parseLong(row.getField("amount_fen")), row.getField("detail"), row.getField("earlier")));
                } catch (IllegalArgumentException | NoSuchElementException e) {
                    throw new OperationFailed(file + ", line " + row.getStartingLineNumber() + " is no errand");
                }
            }
        }
        return errands;
    }
}
