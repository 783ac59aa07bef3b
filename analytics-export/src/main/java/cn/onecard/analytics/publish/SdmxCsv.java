package cn.onecard.analytics.publish;

import cn.onecard.analytics.extract.Policy;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The day as SDMX-CSV: UTF-8, comma, CRLF (RFC 4180), header always. */
final class SdmxCsv {
    private SdmxCsv() {}

    static void write(Path file, List<Observation> observations, Policy policy) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(file)) {
            csv.writeRecord(Observation.COLUMNS);
            for (Observation observation : observations) {
                List<String> fields = new ArrayList<>(observation.fields(policy));
                if (observation.value().isEmpty()) {
                    fields.set(Observation.VALUE_INDEX, Observation.MISSING);
                }
                csv.writeRecord(fields);
            }
        }
    }

    /** The rows below the header, in the order of the columns, a missing value as empty text.
     *
     *  @throws ReleaseRefused if the header is not ours or a value is missing without saying so */
    static List<List<String>> read(Path file) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(file)) {
            for (CsvRecord row : csv) {
                List<String> fields = new ArrayList<>(row.getFields());
                if (fields.size() == Observation.COLUMNS.size() && !rows.isEmpty()) {
                    String value = fields.get(Observation.VALUE_INDEX);
                    if (value.isEmpty()) {
                        throw new ReleaseRefused(file.getFileName() + " has an empty value in row " + rows.size());
                    }
                    fields.set(Observation.VALUE_INDEX, value.equals(Observation.MISSING) ? "" : value);
                }
                rows.add(List.copyOf(fields));
            }
        }
        if (rows.isEmpty() || !rows.getFirst().equals(Observation.COLUMNS)) {
            throw new ReleaseRefused(file.getFileName() + " does not have the columns of the dataflow");
        }
        return rows.subList(1, rows.size());
    }
}
