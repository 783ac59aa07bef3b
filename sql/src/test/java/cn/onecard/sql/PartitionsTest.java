package cn.onecard.sql;

import static cn.onecard.sql.tables.ledger.Tables.TAP_JOURNAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.vocabulary.BusinessDate;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Day partitions of the journal and of the account entries. */
@ParameterizedClass
@EnumSource(TestServer.class)
class PartitionsTest {
    private static final BusinessDate MONDAY = BusinessDate.parse("2026-11-23");

    private final TestServer server;

    PartitionsTest(TestServer server) {
        this.server = server;
    }

    @BeforeEach
    void recreate() {
        new Migrations(server.database(Account.OWNER)).recreate();
    }

    @Test
    void ensure_noDayHasOne_makesThemInOrder() throws SQLException {
        try (Connection owner = server.database(Account.OWNER).connect()) {
            assertThat(Partitions.findHighestBound(owner)).isEmpty();
            assertThat(Partitions.ensure(owner, MONDAY, 2)).containsExactly(MONDAY, MONDAY.next());
            assertThat(Partitions.findHighestBound(owner)).contains(LocalDate.of(2026, 11, 25));
            for (String table : List.of("tap_journal", "account_entry")) {
                assertThat(names(table)).as(table).containsExactly("p20261123", "p20261124", "p_later");
            }
        }
    }

    @Test
    void ensure_askedAgainAndForMore_makesOnlyTheMissing() throws SQLException {
        try (Connection owner = server.database(Account.OWNER).connect()) {
            Partitions.ensure(owner, MONDAY, 2);
            assertThat(Partitions.ensure(owner, MONDAY, 2)).isEmpty();
            assertThat(Partitions.ensure(owner, new BusinessDate(MONDAY.day().minusDays(3)), 6)).containsExactly(MONDAY.next().next());
            assertThat(names("tap_journal")).containsExactly("p20261123", "p20261124", "p20261125", "p_later");
        }
    }

    @Test
    void ensure_oneTableIsBehind_makesItsOwnAlone() throws SQLException {
        try (Connection owner = server.database(Account.OWNER).connect(); Statement statement = owner.createStatement()) {
            statement.execute("ALTER TABLE ledger.tap_journal REORGANIZE PARTITION p_later INTO"
                    + " (PARTITION p20261123 VALUES LESS THAN ('2026-11-24'), PARTITION p_later VALUES LESS THAN (MAXVALUE))");
            assertThat(Partitions.findHighestBound(owner)).isEmpty();
            assertThat(Partitions.ensure(owner, MONDAY, 1)).containsExactly(MONDAY);
            assertThat(names("account_entry")).containsExactly("p20261123", "p_later");
            assertThat(Partitions.findHighestBound(owner)).contains(LocalDate.of(2026, 11, 24));
        }
    }

    @Test
    void ensure_rowsWereWrittenBefore_keepsThem() throws SQLException {
        try (Connection owner = server.database(Account.OWNER).connect();
                HikariDataSource pool = server.database(Account.ENGINE).pool("test", 1)) {
            DSLContext dsl = Database.dsl(pool);
            List<BusinessDate> days = List.of(BusinessDate.parse("2026-11-01"), MONDAY, MONDAY.next(), BusinessDate.parse("2031-01-01"));
            for (BusinessDate day : days) {
                dsl.insertInto(TAP_JOURNAL).set(JournalRows.tap(day, 1, 1)).execute();
            }
            Partitions.ensure(owner, MONDAY, 10);
            dsl.insertInto(TAP_JOURNAL).set(JournalRows.tap(BusinessDate.parse("2040-01-01"), 1, 1)).execute();
            assertThat(dsl.fetchCount(TAP_JOURNAL)).isEqualTo(days.size() + 1);
            assertThat(dsl.fetchCount(TAP_JOURNAL, TAP_JOURNAL.BUSINESS_DATE.eq(MONDAY))).isEqualTo(1);
        }
    }

    @Test
    void ensure_absurdNumberOfDays_isRefused() throws SQLException {
        try (Connection owner = server.database(Account.OWNER).connect()) {
            assertThatThrownBy(() -> Partitions.ensure(owner, MONDAY, 0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Partitions.ensure(owner, MONDAY, Partitions.MOST_DAYS + 1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private List<String> names(String table) {
        try (HikariDataSource pool = server.database(Account.OWNER).pool("test", 1)) {
            return Database.dsl(pool).fetch("""
                    SELECT partition_name FROM information_schema.partitions WHERE table_schema = 'ledger' AND table_name = ?
                    ORDER BY partition_ordinal_position""", table).map(row -> row.get(0, String.class));
        }
    }
}
