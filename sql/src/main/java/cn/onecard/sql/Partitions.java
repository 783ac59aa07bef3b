package cn.onecard.sql;

import cn.onecard.vocabulary.BusinessDate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The day partitions of the journal, of the account entries and of the lines of sales. Each day gets its own, cut off the last
 *  one, {@code p_later}, which takes whatever has none: no posting ever fails for want of a partition. Partitions only ascend, so a
 *  day below the highest of a table is passed over there. Runs as the owner. */
public final class Partitions {
    /** So many at once at most. */
    public static final int MOST_DAYS = 1_000;

    /** Of the schema ledger. */
    private static final List<String> TABLES = List.of("tap_journal", "account_entry", "sale_line");
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'p'yyyyMMdd");

    private Partitions() {}

    /** Makes the partitions of so many days, where there are none, and returns the days that got one in some table.
     *
     *  @param days 1 to {@link #MOST_DAYS} */
    public static List<BusinessDate> ensure(Connection connection, BusinessDate from, int days) throws SQLException {
        if (days < 1 || days > MOST_DAYS) {
            throw new IllegalArgumentException("1 to " + MOST_DAYS + " days, not " + days);
        }
        SortedSet<BusinessDate> fresh = new TreeSet<>();
        for (String table : TABLES) {
            fresh.addAll(ensure(connection, table, from, days));
        }
        return List.copyOf(fresh);
    }

    private static List<BusinessDate> ensure(Connection connection, String table, BusinessDate from, int days) throws SQLException {
        Optional<LocalDate> end = findHighestBound(connection, table);
        List<BusinessDate> fresh = new ArrayList<>();
        StringBuilder sql = new StringBuilder("ALTER TABLE ledger." + table + " REORGANIZE PARTITION p_later INTO (");
        for (int i = 0; i < days; i++) {
            LocalDate day = from.day().plusDays(i);
            if (end.isEmpty() || !day.isBefore(end.get())) {
                fresh.add(new BusinessDate(day));
                sql.append("PARTITION ").append(NAME.format(day)).append(" VALUES LESS THAN ('").append(day.plusDays(1)).append("'), ");
            }
        }
        if (!fresh.isEmpty()) {
            try (Statement alter = connection.createStatement()) {
                alter.execute(sql.append("PARTITION p_later VALUES LESS THAN (MAXVALUE))").toString());
            }
        }
        return fresh;
    }

    /** The first day that falls into {@code p_later} in some table, if every table has a day with its own partition. */
    public static Optional<LocalDate> findHighestBound(Connection connection) throws SQLException {
        Optional<LocalDate> lowest = findHighestBound(connection, TABLES.getFirst());
        for (String table : TABLES.subList(1, TABLES.size())) {
            Optional<LocalDate> bound = findHighestBound(connection, table);
            lowest = lowest.flatMap(one -> bound.map(other -> one.isBefore(other) ? one : other));
        }
        return lowest;
    }

    private static Optional<LocalDate> findHighestBound(Connection connection, String table) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT MAX(partition_description) FROM information_schema.partitions
                WHERE table_schema = 'ledger' AND table_name = ? AND partition_name <> 'p_later'""")) {
            select.setString(1, table);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                // The bound of a DATE column stands there as a quoted literal.
                return Optional.ofNullable(rows.getString(1)).map(text -> LocalDate.parse(text.replace("'", "")));
            }
        }
    }
}
