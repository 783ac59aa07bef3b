package cn.onecard.terminal.flow;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A CSV file with a header line. */
final class CityTable {
    private CityTable() {}

    /** Gives out every row.
     *
     *  @throws IOException naming file and line if a row is not what its reader expects */
    static void read(Path file, Consumer<NamedCsvRecord> reader) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("there is no " + file);
        }
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : rows) {
                try {
                    reader.accept(row);
                } catch (RuntimeException unreadable) {   // whatever a parser throws, a person wants to know the line
                    throw new IOException(file + ", line " + row.getStartingLineNumber() + ": " + unreadable.getMessage(), unreadable);
                }
            }
        } catch (UncheckedIOException e) {
            throw new IOException(file + " cannot be read", e);
        }
    }
}
