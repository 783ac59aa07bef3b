package cn.onecard.analytics.publish;

import cn.onecard.analytics.extract.Policy;
import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** The day as Parquet, zstd, one row group: the value an INT64, the period a DATE, all else text. DuckDB writes it, locked down to
 *  the one folder, with one thread so that the same rows give the same bytes; hardwood, which shares no code with
 *  it, reads it back. */
final class ParquetTable {
    private static final String PERIOD = "TIME_PERIOD";

    private ParquetTable() {}

    static void write(Path file, List<Observation> observations, Policy policy, Map<String, String> footer) throws IOException {
        String columns = Observation.COLUMNS.stream().map(column -> column + switch (column) {
            case Observation.VALUE -> " BIGINT";
            case PERIOD -> " DATE";
            default -> " VARCHAR";
        }).collect(Collectors.joining(", "));
        String pairs = new TreeMap<>(footer).entrySet().stream()
                .map(pair -> quote(pair.getKey()) + ": " + quote(pair.getValue())).collect(Collectors.joining(", "));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute("SET threads = 1");
            statement.execute("SET autoinstall_known_extensions = false");
            statement.execute("SET autoload_known_extensions = false");
            statement.execute("SET allowed_directories = [" + quote(file.toAbsolutePath().resolveSibling("").toString()) + "]");
            statement.execute("SET enable_external_access = false");
            statement.execute("SET lock_configuration = true");
            statement.execute("CREATE TABLE taps (" + columns + ")");
            try (DuckDBAppender appender = connection.unwrap(DuckDBConnection.class).createAppender("taps")) {
                for (Observation observation : observations) {
                    append(appender, observation, observation.fields(policy));
                }
            }
            statement.execute("COPY taps TO " + quote(file.toAbsolutePath().toString())
                    + " (FORMAT parquet, COMPRESSION zstd, KV_METADATA {" + pairs + "})");
        } catch (SQLException failed) {
            throw new IOException("cannot write " + file + ": " + failed.getMessage(), failed);
        }
    }

    private static void append(DuckDBAppender appender, Observation observation, List<String> fields) throws SQLException {
        appender.beginRow();
        for (int i = 0; i < fields.size(); i++) {
            if (Observation.COLUMNS.get(i).equals(PERIOD)) {
                appender.append(observation.day().day());
            } else if (i != Observation.VALUE_INDEX) {
                appender.append(fields.get(i));
            } else if (observation.value().isPresent()) {
                appender.append(observation.value().getAsLong());
            } else {
                appender.appendNull();
            }
        }
        appender.endRow();
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** The rows in the order of the columns, a missing value as empty text. */
    static List<List<String>> read(Path file) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        try (ParquetFileReader reader = ParquetFileReader.open(InputFile.of(file)); RowReader row = reader.rowReader()) {
            while (row.hasNext()) {
                row.next();
                List<String> fields = new ArrayList<>();
                for (String column : Observation.COLUMNS) {
                    fields.add(switch (column) {
                        case Observation.VALUE -> row.isNull(column) ? "" : Long.toString(row.getLong(column));
                        case PERIOD -> row.getDate(column).toString();
                        default -> row.getString(column);
                    });
                }
                rows.add(List.copyOf(fields));
            }
        }
        return rows;
    }

    /** The key-value pairs of the footer. */
    static Map<String, String> readFooter(Path file) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(InputFile.of(file))) {
            return Map.copyOf(reader.getFileMetaData().keyValueMetadata());
        }
    }
}
