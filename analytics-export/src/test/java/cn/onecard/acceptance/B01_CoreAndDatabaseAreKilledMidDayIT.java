package cn.onecard.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import com.fasterxml.jackson.databind.JsonNode;
import com.zaxxer.hikari.HikariDataSource;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The core is killed while taps stream in, and so is the database. The spool holds what has no answer, drains when they are
 *  back, and every tap is in the journal exactly once. */
final class B01_CoreAndDatabaseAreKilledMidDayIT {
    private static final String DAY = "2026-11-20";
    private static final int TAPS = 6000;

    @Test
    void play_coreAndDatabaseKilled_everyTapIsPostedOnce() throws Exception {
        FrontDoor door = FrontDoor.withEmptyData("B01");
        int port = freePort();
        door.succeed("city", "--cards", "500", "--taps", Integer.toString(TAPS), "--seed", "3", "--date", DAY);
        door.succeed("db", "start");
        Process core = null;
        Process play = null;
        try {
            for (String command : new String[] {"keys --demo --seed 3", "personalise", "certs --gateway depot-1", "register"}) {
                door.succeed(("core " + command).split(" ", -1));
            }
            core = startCore(door, port);
            Path report = door.data().resolve("play.json");
            Path out = door.data().resolve("play.out");
            play = door.start(out, "terminal", "play", "--gateway", "depot-1", "--core", "127.0.0.1:" + port, "--report", report.toString());
            awaitPosted(door, 200);

            core.destroyForcibly().waitFor();
            core = startCore(door, port);
            awaitPosted(door, 1000);
            killDatabase(door);
            door.succeed("db", "start");

            assertThat(play.waitFor(180, TimeUnit.SECONDS)).as(Files.readString(out)).isTrue();
            assertThat(play.exitValue()).as(Files.readString(out)).isZero();
            JsonNode played = door.json(report);
            Posted posted = posted(door);
            assertThat(posted.taps()).isEqualTo(TAPS).isEqualTo(played.path("paid").asLong());
            assertThat(posted.fen()).isEqualTo(played.path("debitedFen").asLong());
        } finally {
            if (play != null) {
                play.destroyForcibly().waitFor();
            }
            if (core != null) {
                core.destroyForcibly().waitFor();
            }
            door.succeed("db", "stop");
        }
    }

    private static Process startCore(FrontDoor door, int port) throws Exception {
        Path ready = door.data().resolve("run/core.json");
        Files.deleteIfExists(ready);
        Process core = door.start(door.data().resolve("core.out"), "core", "serve", "--business-date", DAY, "--port", Integer.toString(port));
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(ready));
        return core;
    }

    private static void killDatabase(FrontDoor door) throws Exception {
        Properties server = new Properties();
        try (var in = Files.newBufferedReader(door.data().resolve("db/server.properties"), StandardCharsets.UTF_8)) {
            server.load(in);
        }
        long pid = Long.parseLong(server.getProperty("pid"));
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        process.onExit().get(20, TimeUnit.SECONDS);
    }

    private static void awaitPosted(FrontDoor door, long taps) {
        await().atMost(Duration.ofSeconds(90)).until(() -> posted(door).taps() >= taps);
    }

    private static Posted posted(FrontDoor door) throws Exception {
        try (HikariDataSource pool = Database.open(door.data(), Account.SETTLEMENT).pool("count", 1);
                Connection connection = pool.getConnection(); Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery("SELECT COUNT(*), COALESCE(SUM(amount_fen), 0) FROM ledger.tap_journal")) {
            row.next();
            return new Posted(row.getLong(1), row.getLong(2));
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** What stands in the journal. */
    private record Posted(long taps, long fen) {}
}
