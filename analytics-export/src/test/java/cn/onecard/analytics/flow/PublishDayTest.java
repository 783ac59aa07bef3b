package cn.onecard.analytics.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.analytics.extract.DayReader;
import cn.onecard.analytics.extract.Policy;
import cn.onecard.analytics.publish.Manifest;
import cn.onecard.analytics.publish.ReleaseStore;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.vocabulary.BusinessDate;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A settled day on its way from the export views to a release, in a real database under the account of analytics. */
class PublishDayTest {
    private static final BusinessDate DAY = BusinessDate.parse("2026-11-23");

    @TempDir
    private Path folder = Path.of("");

    private final HikariDataSource pool = TestDatabase.database(Account.ANALYTICS).pool("extract-test", 2);

    @BeforeEach
    void settleADay() throws SQLException {
        TestDatabase.wipe();
        SettledDays.write(DAY, 4, 1);
    }

    @AfterEach
    void closeThePool() {
        pool.close();
    }

    @Test
    void publish_settledDay_agreesWithPlainSql() throws IOException, SQLException {
        List<String> stages = new ArrayList<>();
        PublishDay.Published published = flow("a").publish(DAY, stages::add);
        assertThat(stages).containsExactly("reading", "protecting", "writing", "verifying");
        assertThat(published.reused()).isFalse();
        RiskReport risk = published.risk().orElseThrow();
        assertThat(risk.primary()).isPositive();
        assertThat(published.manifest().suppressed()).isEqualTo(3L * (risk.primary() + risk.secondary()));
        assertThat(risk.cutTaps()).isZero();
        List<String> csv = Files.readAllLines(store("a").folder(DAY).resolve("taps-" + DAY + ".csv"));
        assertThat(csv).hasSize((int) published.manifest().rows() + 1);
        assertThat(figure(csv, "TAPS")).isEqualTo(single("SELECT COUNT(*) FROM clearing.sealed_tap WHERE reason_code = 0"));
        assertThat(figure(csv, "AMOUNT_FEN")).isEqualTo(single("SELECT SUM(amount_fen) FROM clearing.sealed_tap WHERE reason_code = 0"));
        assertThat(figure(csv, "CARDS")).isEqualTo(single("SELECT COUNT(DISTINCT card_no) FROM clearing.sealed_tap WHERE reason_code = 0"));
    }

    @Test
    void publish_again_handsOutTheSameRelease() throws IOException, SQLException {
        Manifest first = flow("a").publish(DAY, stage -> {}).manifest();
        byte[] csv = Files.readAllBytes(store("a").folder(DAY).resolve("taps-" + DAY + ".csv"));
        TestDatabase.wipe();
        PublishDay.Published again = flow("a").publish(DAY, stage -> {});
        assertThat(again.reused()).isTrue();
        assertThat(again.manifest()).isEqualTo(first);
        assertThat(again.risk()).isPresent();
        assertThat(Files.readAllBytes(store("a").folder(DAY).resolve("taps-" + DAY + ".csv"))).isEqualTo(csv);
    }

    @Test
    void publish_fromScratchElsewhere_givesTheSameBytes() throws IOException {
        Confidential same = Confidential.loadOrCreate(folder.resolve("secrets"), new SecureRandom());
        Manifest here = flow("a", same).publish(DAY, stage -> {}).manifest();
        Manifest there = flow("b", Confidential.loadOrCreate(folder.resolve("secrets"), new SecureRandom())).publish(DAY, stage -> {}).manifest();
        assertThat(there.files()).isEqualTo(here.files());
    }

    @Test
    void publish_afterARunThatDied_startsOver() throws IOException {
        Path left = store("a").stage(DAY);
        Files.writeString(left.resolve("taps-" + DAY + ".csv"), "half a row");
        assertThat(flow("a").publish(DAY, stage -> {}).reused()).isFalse();
        assertThat(left).doesNotExist();
    }

    @Test
    void publish_dayNotNettedYet_isRefused() throws IOException, SQLException {
        SettledDays.write(DAY.next(), 3, 2);
        PublishDay flow = flow("a");
        assertThatThrownBy(() -> flow.publish(DAY.next(), stage -> {})).isInstanceOf(NotSettled.class).hasMessageContaining("not settled");
        assertThat(store("a").listReleases()).isEmpty();
    }

    @Test
    void publish_dayWithoutTaps_publishesZeros() throws IOException, SQLException {
        try (Connection owner = TestDatabase.database(Account.OWNER).connect(); Statement statement = owner.createStatement()) {
            statement.executeUpdate("DELETE FROM clearing.sealed_tap");
        }
        assertThat(flow("a").publish(DAY, stage -> {}).manifest().suppressed()).isZero();
    }

    @Test
    void publish_confidentialFiles_areForTheirOwnerAlone() throws IOException {
        flow("a").publish(DAY, stage -> {});
        for (String file : List.of("secrets/extract.properties", "risks/risk-" + DAY + ".json")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)))).isEqualTo("rw-------");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ledger.tap_journal", "ledger.card", "ledger.transit_line", "clearing.sealed_tap", "clearing.day_card", "clearing.day_run"})
    void read_whatLiesBehindTheViews_isRefusedToAnalytics(String table) throws SQLException {
        try (Connection connection = TestDatabase.database(Account.ANALYTICS).connect(); Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM " + table)).isInstanceOf(SQLException.class).hasMessageContaining("denied");
        }
    }

    @Test
    void read_exportViews_haveNoNumberOfCardOrPsam() throws SQLException {
        try (Connection connection = TestDatabase.database(Account.ANALYTICS).connect(); Statement statement = connection.createStatement();
                ResultSet columns = statement.executeQuery("SELECT LOWER(column_name) FROM information_schema.columns WHERE table_schema = 'export'")) {
            List<String> names = new ArrayList<>();
            while (columns.next()) {
                names.add(columns.getString(1));
            }
            assertThat(names).contains("day_card_no", "amount_fen").doesNotContain("card_no", "psam_no", "psam_seq", "card_counter", "station_no");
        }
    }

    private PublishDay flow(String name) throws IOException {
        return flow(name, Confidential.loadOrCreate(folder.resolve("secrets"), new SecureRandom()));
    }

    private PublishDay flow(String name, Confidential confidential) {
        return new PublishDay(new DayReader(Database.dsl(pool)), store(name), new RiskReports(folder.resolve("risks")), confidential,
                Policy.load(Policy.CURRENT));
    }

    private ReleaseStore store(String name) {
        return new ReleaseStore(folder.resolve(name));
    }

    private static String figure(List<String> csv, String measure) {
        return csv.stream().filter(line -> line.contains(",D,_T," + DAY + ",_T,_T,_T," + measure + ",")).findFirst().orElseThrow().split(",", -1)[10];
    }

    private static String single(String query) throws SQLException {
        try (Connection owner = TestDatabase.database(Account.OWNER).connect(); Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
