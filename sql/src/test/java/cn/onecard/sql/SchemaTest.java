package cn.onecard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules that every table keeps, so that the schemas stay inside the subset a distributed engine accepts. */
@ParameterizedClass
@EnumSource(TestServer.class)
class SchemaTest {
    private static final String OURS = "table_schema IN ('ledger', 'clearing', 'export')";

    private final TestServer server;

    SchemaTest(TestServer server) {
        this.server = server;
    }

    @Test
    void tables_asMigrated_areThere() throws SQLException {
        assertThat(rows("SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND " + OURS)).hasSizeGreaterThan(20);
    }

    @Test
    void keys_ofEveryTable_comeFromTheApplication() throws SQLException {
        assertThat(rows("SELECT table_name FROM information_schema.columns WHERE extra LIKE '%auto_increment%' AND " + OURS)).isEmpty();
    }

    @Test
    void primaryKey_ofEveryTable_isThere() throws SQLException {
        assertThat(rows("SELECT t.table_name FROM information_schema.tables t WHERE t.table_type = 'BASE TABLE' AND t." + OURS
                + " AND NOT EXISTS (SELECT 1 FROM information_schema.statistics s WHERE s.table_schema = t.table_schema"
                + " AND s.table_name = t.table_name AND s.index_name = 'PRIMARY')")).isEmpty();
    }

    @Test
    void indexes_ofTheJournal_areThePrimaryKeyAlone() throws SQLException {
        assertThat(rows("SELECT column_name FROM information_schema.statistics WHERE table_schema = 'ledger' AND table_name = 'tap_journal'"
                + " ORDER BY index_name, seq_in_index")).containsExactly("business_date", "psam_no", "psam_seq");
    }

    @Test
    void foreignKeysAndTriggers_ofOurSchemas_areNone() throws SQLException {
        assertThat(rows("SELECT constraint_name FROM information_schema.table_constraints WHERE constraint_type = 'FOREIGN KEY' AND " + OURS)).isEmpty();
        assertThat(rows("SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema IN ('ledger', 'clearing', 'export')")).isEmpty();
    }

    @Test
    void textColumns_ofOurTables_compareByteByByte() throws SQLException {
        assertThat(rows("SELECT DISTINCT table_collation FROM information_schema.tables WHERE table_type = 'BASE TABLE'"
                + " AND table_name <> 'flyway_schema_history' AND " + OURS)).containsExactly("utf8mb4_bin");
    }

    @Test
    void exportViews_asMigrated_showNoCardAndNoTerminal() throws SQLException {
        assertThat(rows("SELECT DISTINCT column_name FROM information_schema.columns WHERE table_schema = 'export'"))
                .isNotEmpty().noneMatch(column -> column.matches("(?i).*(card_no|psam|issuer|salt|bank).*") && !column.equalsIgnoreCase("day_card_no"));
    }

    @Test
    void migrate_runAgain_doesNothing() {
        Migrations migrations = new Migrations(server.database(Account.OWNER));
        assertThat(migrations.migrate()).isZero();
        assertThat(migrations.isBehind()).isFalse();
        assertThat(migrations.findVersion()).isPresent();
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = server.database(Account.OWNER).connect(); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
