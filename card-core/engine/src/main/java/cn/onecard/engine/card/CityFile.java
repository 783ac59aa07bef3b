package cn.onecard.engine.card;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads the issuing system's CSV files: UTF-8, a header line with the names of the columns. */
final class CityFile {
    private CityFile() {}

    /** A line of a file. */
    static final class Line {
        private final NamedCsvRecord fields;

        private Line(NamedCsvRecord fields) {
            this.fields = fields;
        }

        /** The text of a column.
         *
         *  @throws IllegalArgumentException if the line has no such column */
        String text(String column) {
            return fields.findField(column).orElseThrow(() -> new IllegalArgumentException("no column " + column));
        }

        int number(String column) {
            return parsed(column, Integer::parseInt);
        }

        long fen(String column) {
            return parsed(column, Long::parseLong);
        }

        long hex(String column) {
            return parsed(column, text -> Long.parseUnsignedLong(text, 16));
        }

        /** The value that a column's text stands for. */
        <T> T parsed(String column, Function<String, T> parser) {
            try {
                return parser.apply(text(column));
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(column + ": " + e.getMessage(), e);
            }
        }
    }

    /** All lines of a file.
     *
     *  @param parser makes a row of a line, or throws and says what is wrong with it
     *  @throws RegistrationFailed naming file and line */
    static <T> List<T> read(Path file, Function<Line, T> parser) {
        List<T> rows = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord fields : reader) {
                try {
                    rows.add(parser.apply(new Line(fields)));
                } catch (RuntimeException e) {
                    throw new RegistrationFailed(file + ", line " + fields.getStartingLineNumber() + ": " + e.getMessage(), e);
                }
            }
        } catch (IOException e) {
            throw new RegistrationFailed("cannot read " + file + ": " + e.getMessage(), e);
        }
        return rows;
    }
}
