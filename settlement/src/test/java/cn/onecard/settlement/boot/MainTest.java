package cn.onecard.settlement.boot;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.settlement.testing.TestLedger;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.vocabulary.BusinessDate;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as people start it: a process of its own, with arguments, environment, output and exit code. */
class MainTest {
    private static final BusinessDate DAY = BusinessDate.parse("2026-11-24");

    @TempDir
    Path folder;

    private record Ended(int code, String out, String err) {}

    @Test
    void run_wholeDay_reportsAndVerifies() throws Exception {
        TestLedger ledger = TestLedger.open(DAY, 20);
        ledger.randomDay(DAY, 20, 300, 1);
        Path report = folder.resolve("report.json");
        Ended run = start("run", "--date", "2026-11-24", "--progress", "--report", report.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().lines()).isNotEmpty().allMatch(line -> line.startsWith("{\"stage\":"));
        JsonNode json = new ObjectMapper().readTree(report.toFile());
        assertThat(json.path("taps").asLong()).isEqualTo(300);
        assertThat(json.path("parties").asInt()).isEqualTo(4);
        assertThat(json.path("netSumFen").asLong(1)).isZero();
        assertThat(json.path("files")).hasSize(11);
        assertThat(json.path("stages")).hasSize(5);
        assertThat(json.path("merkleRoot").asText()).hasSize(64);
        assertThat(start("verify", "--date", "2026-11-24").out()).isEqualTo("equal\n");
        assertThat(start("status").out()).contains("2026-11-24  published").contains("2026-11-25  open");
        ledger.owner().query("UPDATE ledger.tap_journal SET amount_fen = amount_fen + 1 LIMIT 1").execute();
        Ended verify = start("verify", "--date", "2026-11-24");
        assertThat(verify.code()).isEqualTo(1);
        assertThat(verify.out()).containsPattern("PSAM [0-9A-F]{12} sequence \\d+ amount_fen is \\d+ in the ledger");
    }

    @Test
    void run_dayNotOpenYet_saysSoInOneLine() throws Exception {
        TestLedger.open(DAY, 1);
        Ended run = start("run", "--date", "2026-11-26");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("business date 2026-11-26 cannot be closed before 2026-11-24, which is open\n");
    }

    @Test
    void close_twice_saysItWasClosedAlready() throws Exception {
        TestLedger.open(DAY, 1);
        assertThat(start("close", "--date", "2026-11-24").out()).startsWith("business date 2026-11-24 is closed, at ").contains("open is 2026-11-25");
        assertThat(start("close", "--date", "2026-11-24").out()).startsWith("business date 2026-11-24 was closed already, at ");
    }

    @Test
    void run_dateMalformed_isWrongUsage() throws Exception {
        assertThat(start("run", "--date", "24.11.2026").code()).isEqualTo(2);
    }

    @Test
    void fees_fileGiven_isTakenIn() throws Exception {
        TestLedger.open(DAY, 1);
        Path file = folder.resolve("fees.csv");
        Files.writeString(file, "fee_version,valid_from,party_id,service,beneficiary_id,share_weight\n9,2026-01-01,0,BUS,0,100000\n");
        assertThat(start("fees", "--file", file.toString()).out()).isEqualTo("1 fee versions in the file, 1 of them new or changed\n");
    }

    /** 200,000 rows of 29 columns are some 60 MB of objects when they are all in memory: with a heap of 40 MB, they stream or
     *  the program ends. */
    @Test
    void run_largeDayInASmallHeap_streams() throws Exception {
        TestLedger ledger = TestLedger.open(DAY, 50);
        ledger.randomDay(DAY, 50, 12_500, 2);
        int counters = 500;   // more than any card has used
        for (int doubled = 12_500; doubled < 200_000; doubled *= 2, counters *= 2) {
            ledger.owner().query("""
                    INSERT INTO ledger.tap_journal SELECT business_date, psam_no, psam_seq + ?, card_no, card_counter + ?, amount_fen,
                      full_fare_fen, balance_before_fen, event_at, event_bcd, received_at, debit_account, credit_account, reason_code,
                      party_id, service_code, line_no, station_no, ride_kind, txn_type, card_class, card_kind, key_version,
                      algorithm_byte, tariff_version, tac, flags, terminal_serial, frame_digest FROM ledger.tap_journal""",
                    doubled, counters).execute();
        }
        Ended run = start(List.of("-Xmx40m"), "run", "--date", "2026-11-24");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("200,000 taps");
    }

    /** A data directory that knows the passwords of the test database. */
    private Path dataDir() throws IOException {
        Path secrets = Files.createDirectories(folder.resolve("data/secrets"));
        StringBuilder passwords = new StringBuilder();
        for (Account account : Account.values()) {
            passwords.append(account.user()).append('=').append(TestDatabase.database(account).password()).append('\n');
        }
        Files.writeString(secrets.resolve("db.properties"), passwords);
        return folder.resolve("data");
    }

    private Ended start(String... arguments) throws IOException, InterruptedException {
        return start(List.of(), arguments);
    }

    private Ended start(List<String> options, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", dataDir().toString()));
        File out = folder.resolve("out.txt").toFile();
        File err = folder.resolve("err.txt").toFile();
        ProcessBuilder process = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
        process.environment().put(Database.URL_VARIABLE, TestDatabase.database(Account.SETTLEMENT).url());
        int code = process.start().waitFor();
        return new Ended(code, Files.readString(out.toPath(), StandardCharsets.UTF_8), Files.readString(err.toPath(), StandardCharsets.UTF_8));
    }
}
