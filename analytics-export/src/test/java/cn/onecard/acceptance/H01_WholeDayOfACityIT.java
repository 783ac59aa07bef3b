package cn.onecard.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import com.fasterxml.jackson.databind.JsonNode;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A small city's day through every program; then the day is proved, and then somebody changes the ledger by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class H01_WholeDayOfACityIT {
    private static final String DAY = "2026-11-20";

    private FrontDoor door;
    private JsonNode report;
    private FrontDoor.Ended demo;

    @BeforeAll
    void playTheDay() throws Exception {
        door = FrontDoor.withEmptyData("H01");
        Path file = door.data().resolveSibling("H01-report.json");
        demo = door.succeed("demo", "--exit", "--cards", "400", "--taps", "2000", "--seed", "7", "--date", DAY, "--report", file.toString());
        report = door.json(file);
        door.succeed("db", "start");
    }

    @AfterAll
    void stopTheDatabase() throws Exception {
        door.succeed("db", "stop");
    }

    @Test
    @Order(1)
    void demo_smallCity_everyCheckHolds() {
        assertThat(report.path("checks")).isNotEmpty().allSatisfy(check ->
                assertThat(check.path("pass").asBoolean()).as(check.path("name").asText()).isTrue());
        JsonNode taps = report.path("taps");
        assertThat(taps.path("posted").asLong() + taps.path("duplicate").asLong() + taps.path("conflict").asLong()
                + taps.path("suspect").asLong() + taps.path("forged").asLong()).isEqualTo(taps.path("sent").asLong());
        assertThat(taps.path("duplicate").asLong()).isPositive();
        assertThat(taps.path("conflict").asLong()).isPositive();
        assertThat(taps.path("suspect").asLong()).isPositive();
        assertThat(taps.path("forged").asLong()).isPositive();
        JsonNode money = report.path("money");
        assertThat(money.path("credited_fen").asLong() + money.path("suspense_fen").asLong())
                .isEqualTo(money.path("debited_fen").asLong());
        assertThat(report.path("settlement").path("net_sum_fen").asLong(1)).isZero();
        assertThat(report.path("extract").path("rows").asLong()).isPositive();
    }

    @Test
    @Order(2)
    void demo_printedAndLogged_noCardNumberInClear() throws Exception {
        assertThat(demo.output()).doesNotContainPattern("\\b3104403\\d{13}\\b");
        try (Stream<Path> logs = Files.list(door.data().resolve("log"))) {
            assertThat(logs.toList()).isNotEmpty().allSatisfy(log ->
                    assertThat(Files.readString(log)).doesNotContainPattern("3104403\\d{13}"));
        }
    }

    @Test
    @Order(3)
    void settle_runAgain_filesAreTheSameBytes() throws Exception {
        Path folder = door.data().resolve("settlement").resolve(DAY);
        String before = sums(folder);
        door.succeed("settle", "run", "--date", DAY);
        assertThat(sums(folder)).isEqualTo(before);
    }

    @Test
    @Order(4)
    void verify_untouchedLedger_saysEqual() throws Exception {
        assertThat(door.succeed("settle", "verify", "--date", DAY).output()).contains("equal");
    }

    @Test
    @Order(5)
    void verify_oneRowChangedByHand_saysWhere() throws Exception {
        try (HikariDataSource pool = Database.open(door.data(), Account.OWNER).pool("by-hand", 1);
                Connection connection = pool.getConnection(); Statement sql = connection.createStatement()) {
            long psam;
            long seq;
            try (ResultSet row = sql.executeQuery("SELECT psam_no, psam_seq FROM ledger.tap_journal WHERE business_date = '" + DAY
                    + "' AND amount_fen > 0 ORDER BY psam_seq DESC, psam_no LIMIT 1")) {
                assertThat(row.next()).isTrue();
                psam = row.getLong(1);
                seq = row.getLong(2);
            }
            String where = " WHERE business_date = '" + DAY + "' AND psam_no = " + psam + " AND psam_seq = " + seq;
            sql.executeUpdate("UPDATE ledger.tap_journal SET amount_fen = amount_fen + 1" + where);
            FrontDoor.Ended changed = door.run("settle", "verify", "--date", DAY);
            sql.executeUpdate("UPDATE ledger.tap_journal SET amount_fen = amount_fen - 1" + where);

            assertThat(changed.status()).isEqualTo(1);
            assertThat(changed.output().toUpperCase(Locale.ROOT)).contains(HexFormat.of().withUpperCase().toHexDigits(psam, 12))
                    .contains(Long.toString(seq));
            assertThat(door.succeed("settle", "verify", "--date", DAY).output()).contains("equal");
        }
    }

    private static String sums(Path folder) throws Exception {
        StringBuilder sums = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                sums.append(file.getFileName()).append(' ').append(HexFormat.of().formatHex(
                        java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)))).append('\n');
            }
        }
        assertThat(sums).isNotEmpty();
        return sums.toString();
    }
}
