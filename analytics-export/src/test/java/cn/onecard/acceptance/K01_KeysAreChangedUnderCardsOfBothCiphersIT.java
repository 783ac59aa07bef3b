package cn.onecard.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import com.fasterxml.jackson.databind.JsonNode;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Keys are made by ceremony, cards of both ciphers personalised, the next version rotated in and other cards made with it; all of them
 *  tap on one day under a core in production, and every tap is proved by the keys of its own version. */
final class K01_KeysAreChangedUnderCardsOfBothCiphersIT {
    private static final String DAY = "2026-11-20";
    private static final int TAPS = 2000;

    private final FrontDoor door;

    K01_KeysAreChangedUnderCardsOfBothCiphersIT() throws IOException {
        door = FrontDoor.withEmptyData("K01");
    }

    @Test
    void serve_productionOnDemoKeys_doesNotStart() throws Exception {
        FrontDoor demo = FrontDoor.withEmptyData("K01-demo");
        demo.succeed("core", "keys", "--demo");
        FrontDoor.Ended ended = demo.run("core", "serve", "--production");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.output().strip()).startsWith("onecard core:").endsWith("holds demo keys, which anybody can make again").hasLineCount(1);
    }

    @Test
    void play_cardsOfTwoVersionsAndBothCiphers_areAllProved() throws Exception {
        door.succeed("city", "--cards", "300", "--taps", Integer.toString(TAPS), "--seed", "3", "--date", DAY);
        door.succeed("core", "keys", "init");
        for (String algorithm : List.of("TDES", "SM4")) {
            for (String holder : List.of("li", "wang", "zhao")) {
                door.succeed("core", "keys", "ceremony", "--usage", "PURCHASE", "--version", "1", "--algorithm", algorithm, "--holder", holder, "--generate");
            }
        }
        personaliseTwoVersions();
        int port = freePort();
        door.succeed("db", "start");
        Process core = null;
        try {
            door.succeed("core", "certs", "--gateway", "depot-1");
            door.succeed("core", "register");
            core = startCore(port);
            Path report = door.data().resolve("play.json");
            door.succeed("terminal", "play", "--gateway", "depot-1", "--core", "127.0.0.1:" + port, "--report", report.toString());
            JsonNode played = door.json(report);
            assertThat(played.path("paid").asInt()).isPositive();
            Map<String, Integer> reasons = reasons();
            assertThat(reasons.keySet()).as("none for its key").contains("1 TDES 0", "2 TDES 0", "1 SM4 0", "2 SM4 0").noneMatch(key -> key.endsWith(" 20") || key.endsWith(" 23"));
            assertThat(reasons.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(played.path("paid").asInt());
        } finally {
            if (core != null) {
                core.destroy();
                core.waitFor();
            }
            door.succeed("db", "stop");
        }
    }

    /** Every second card has version 1, the others version 2, as if some had been issued after the rotation. */
    private void personaliseTwoVersions() throws Exception {
        Path cards = door.data().resolve("secrets/perso/cards.csv");
        List<List<String>> versions = new ArrayList<>();
        for (String version : List.of("1", "2")) {
            door.succeed("core", "keys", "rotate", "--to", version, "--generate");
            door.succeed("core", "personalise");
            versions.add(Files.readAllLines(cards));
        }
        List<String> mixed = new ArrayList<>();
        for (int line = 0; line < versions.getFirst().size(); line++) {
            mixed.add(versions.get(line % 2).get(line));
        }
        Files.write(cards, mixed);
    }

    private Process startCore(int port) throws Exception {
        Path ready = door.data().resolve("run/core.json");
        Process core = door.start(door.data().resolve("core.out"), "core", "serve", "--production", "--business-date", DAY, "--port", Integer.toString(port));
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(ready));
        return core;
    }

    /** How many taps there are by key version, cipher of the card and reason. */
    private Map<String, Integer> reasons() throws Exception {
        Map<String, Integer> reasons = new TreeMap<>();
        try (HikariDataSource pool = Database.open(door.data(), Account.OWNER).pool("count", 1);
                Connection connection = pool.getConnection(); Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery("""
                        SELECT CONCAT(j.key_version, ' ', IF(c.algorithm_code = 1, 'TDES', 'SM4'), ' ', j.reason_code), COUNT(*)
                        FROM ledger.tap_journal j JOIN ledger.card c ON c.card_no = j.card_no GROUP BY 1""")) {
            while (rows.next()) {
                reasons.put(rows.getString(1), rows.getInt(2));
            }
        }
        return reasons;
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
