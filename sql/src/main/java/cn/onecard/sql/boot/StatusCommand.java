package cn.onecard.sql.boot;

import cn.onecard.sql.Database;
import cn.onecard.sql.DatabaseUnavailable;
import cn.onecard.sql.Migrations;
import cn.onecard.sql.Partitions;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code db status}: where the database is and how it stands. */
@Command(name = "status", description = "Say where the database is, its version, its sizes, and the open day.", mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    @Mixin private final DataOption data = new DataOption();

    @Override
    public Integer call() {
        PrintWriter out = data.out();
        Database owner = data.owner();
        Migrations migrations = new Migrations(owner);
        try (Connection connection = owner.connect(); Statement statement = connection.createStatement()) {
            out.println("address     " + owner);
            out.println("server      " + Database.dialect(connection).getName() + " " + connection.getMetaData().getDatabaseProductVersion());
            out.println("schemas     version " + migrations.findVersion().orElse("none")
                    + (migrations.isBehind() ? " (behind this program: run ./onecard db migrate)" : ""));
            printSizes(statement, out);
            if (migrations.findVersion().isPresent()) {
                out.println("partitions  " + Partitions.findHighestBound(connection).map(end -> "days up to " + end.minusDays(1))
                        .orElse("none: every posting falls into p_later"));
                try (ResultSet row = statement.executeQuery("SELECT open_date FROM ledger.business_calendar WHERE calendar_id = 1")) {
                    out.println("open day    " + (row.next() ? row.getString(1) : "none"));
                }
            }
        } catch (SQLException e) {
            throw new DatabaseUnavailable("the database " + owner + " does not answer: " + e.getMessage(), e);
        }
        return 0;
    }

    /** As the server estimates them. */
    private static void printSizes(Statement statement, PrintWriter out) throws SQLException {
        try (ResultSet rows = statement.executeQuery("""
                SELECT table_schema, CAST(SUM(table_rows) AS SIGNED), CAST(SUM(data_length + index_length) AS SIGNED)
                FROM information_schema.tables
                WHERE table_type = 'BASE TABLE' AND table_schema IN ('ledger', 'clearing')
                GROUP BY table_schema ORDER BY table_schema DESC""")) {
            while (rows.next()) {
                out.printf("%-11s about %,d rows, %,d MiB%n", rows.getString(1), rows.getLong(2), rows.getLong(3) >> 20);
            }
        }
    }
}
