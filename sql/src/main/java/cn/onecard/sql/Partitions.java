package cn.onecard.sql;

import cn.onecard.vocabulary.BusinessDate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The day partitions of the journal. Each day gets its own, cut off the last one, {@code p_later}, which takes whatever has
 *  none: no posting ever fails for want of a partition. Partitions only ascend, so a day below the highest is passed over.
 *  Runs as the owner. */
public final class Partitions {
    /** So many at once at most. */
    public static final int MOST_DAYS = 1_000;

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'p'yyyyMMdd");

    private Partitions() {}

    /** Makes the partitions of so many days, where there are none, and returns the days that got one.
     *
     *  @param days 1 to {@link #MOST_DAYS} */
    public static List<BusinessDate> ensure(Connection connection, BusinessDate from, int days) throws SQLException {
        if (days < 1 || days > MOST_DAYS) {
            throw new IllegalArgumentException("1 to " + MOST_DAYS + " days, not " + days);
        }
        Optional<LocalDate> end = findHighestBound(connection);
        List<BusinessDate> fresh = new ArrayList<>();
        StringBuilder sql = new StringBuilder("ALTER TABLE ledger.tap_journal REORGANIZE PARTITION p_later INTO (");
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
        return List.copyOf(fresh);
    }

    /** The first day that falls into {@code p_later}, if any day has its own partition. */
    public static Optional<LocalDate> findHighestBound(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("""
                        SELECT MAX(partition_description) FROM information_schema.partitions
                        WHERE table_schema = 'ledger' AND table_name = 'tap_journal' AND partition_name <> 'p_later'""")) {
            rows.next();
            // The bound of a DATE column stands there as a quoted literal.
            return Optional.ofNullable(rows.getString(1)).map(text -> LocalDate.parse(text.replace("'", "")));
        }
    }
}
