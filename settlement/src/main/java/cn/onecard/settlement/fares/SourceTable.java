package cn.onecard.settlement.fares;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A CSV file of a source, row by row. A column that nobody asked for must be empty, or named by the person who imports. */
final class SourceTable {
    private final List<Row> rows;

    private SourceTable(List<Row> rows) {
        this.rows = rows;
    }

    /** The rows of a file; none if there is no such file.
     *
     *  @throws IOException if the file cannot be read */
    static SourceTable read(Path file) throws IOException {
        List<Row> rows = new ArrayList<>();
        if (Files.exists(file)) {
            try (CsvReader<NamedCsvRecord> records = CsvReader.builder().detectBomHeader(true).ofNamedCsvRecord(file)) {
                records.forEach(record -> rows.add(new Row(String.valueOf(file.getFileName()), record)));
            }
        }
        return new SourceTable(rows);
    }

    List<Row> rows() {
        return rows;
    }

    /** One row, which can be complained of. */
    static final class Row {
        private final String file;
        private final NamedCsvRecord fields;

        private Row(String file, NamedCsvRecord fields) {
            this.file = file;
            this.fields = fields;
        }

        /** What stands in a column, without blanks around it; empty if there is no such column. */
        String get(String column) {
            return fields.findField(column).map(String::strip).orElse("");
        }

        boolean has(String column) {
            return !get(column).isEmpty();
        }

        boolean hasColumn(String column) {
            return fields.findField(column).isPresent();
        }

        String some(String column) throws ImportRefused {
            if (!has(column)) {
                throw refused(column + " is empty");
            }
            return get(column);
        }

        int natural(String column) throws ImportRefused {
            String text = some(column);
            if (!text.matches("\\d{1,9}")) {
                throw refused(column + " is no number: " + text);
            }
            return Integer.parseInt(text);
        }

        /** An amount with at most two decimals, in hundredths. */
        long hundredths(String column) throws ImportRefused {
            String text = some(column);
            if (!text.matches("-?\\d{1,9}(\\.\\d+)?")) {
                throw refused(column + " is no amount: " + text);
            }
            BigDecimal amount = new BigDecimal(text).stripTrailingZeros();
            if (amount.scale() > 2) {
                throw refused(column + " has more than two decimals: " + text);
            }
            return amount.movePointRight(2).longValueExact();
        }

        /** Complains of a column that is not empty and that nobody understands.
         *
         *  @param left columns that are left out on purpose */
        void understand(Set<String> known, Set<String> left) throws ImportRefused {
            for (String column : fields.getHeader()) {
                String name = column.strip();
                if (!known.contains(name) && !left.contains(name) && has(column)) {
                    throw refused("nobody understands column " + name + " (" + get(column) + "); --ignore " + name + " leaves it out");
                }
            }
        }

        ImportRefused refused(String why) {
            return new ImportRefused(file + ", line " + fields.getStartingLineNumber() + ": " + why);
        }

        /** File and line. */
        @Override
        public String toString() {
            return file + ", line " + fields.getStartingLineNumber();
        }
    }
}
