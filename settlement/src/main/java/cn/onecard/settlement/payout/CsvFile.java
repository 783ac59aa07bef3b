package cn.onecard.settlement.payout;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.nio.file.Path;

/** A CSV file in the house form: UTF-8, comma, LF, a header line. */
final class CsvFile implements AutoCloseable {
    private final Path path;
    private final CsvWriter lines;

    /** Rows behind the header; written by {@link #row} alone. */
    private long rows;

    private CsvFile(Path path, CsvWriter lines) {
        this.path = path;
        this.lines = lines;
    }

    static CsvFile create(Path path, String... header) throws IOException {
        CsvFile file = new CsvFile(path, CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(path));
        file.lines.writeRecord(header);
        return file;
    }

    void row(Object... values) {
        String[] fields = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            fields[i] = values[i].toString();
        }
        lines.writeRecord(fields);
        rows++;
    }

    /** Takes stock of the file; it must not be written to any more. */
    WrittenFile complete() throws IOException {
        lines.flush();
        return WrittenFile.complete(path, rows);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
