package cn.onecard.terminal.boot;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.terminal.uplink.FakeCore;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.wire.TapFrame;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole terminal: virtual cards in virtual readers, the spool on disk, a real socket, and a core that checks every TAC. */
class PlayCommandTest {
    private static final int TAPS = 100;

    @TempDir
    private Path data;
    private final Vertx vertx = Vertx.vertx();
    private FakeCore core;
    private TestCity city;

    @BeforeEach
    void build() throws Exception {
        core = FakeCore.start(vertx, new HttpServerOptions(), TestCity::verify);
        city = new TestCity(data);
    }

    @AfterEach
    void tearDown() {
        core.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void play_wholeCity_everyTacHoldsAndTheMoneyAddsUp() throws Exception {
        plan();
        city.act(1, 0, 500, "RESEND");
        city.act(2, 1, 100, "CONFLICT");
        city.act(3, 2, 100, "FORGE");
        city.act(0, 3, 999_900, "TAP");
        assertThat(play()).isZero();
        JsonNode report = report();
        assertThat(report.path("taps").asInt()).isEqualTo(TAPS + 3);
        assertThat(report.path("paid").asInt()).isEqualTo(TAPS + 2);
        assertThat(report.path("refused").path("BALANCE_TOO_LOW").asInt()).isEqualTo(1);
        assertThat(report.path("sent").asInt()).isEqualTo(TAPS + 5);
        assertThat(report.path("outcomes").toString()).isEqualTo("{\"ACCEPTED\":%d,\"DUPLICATE\":1,\"CONFLICT\":1,\"FORGED\":1}".formatted(TAPS + 2));
        long debited = core.committed().stream().mapToLong(frame -> frame.debit().amount().fen()).sum();
        assertThat(report.path("debitedFen").asLong()).isEqualTo(debited);
        assertThat(report.path("openingBalanceFen").asLong()).isEqualTo(TestCity.CARDS * TestCity.OPENING_FEN);
        assertThat(report.path("cardsBalanceFen").asLong()).isEqualTo(TestCity.CARDS * TestCity.OPENING_FEN - debited);
        assertThat(report.path("tapMillis").path("p99").decimalValue()).isPositive();
        assertCardsAreWithoutGap(7);
        assertThat(Files.readString(data.resolve("spool/refusals.csv"))).contains("FORGED,TAC_WRONG").contains("CONFLICT").doesNotContain(TestCity.card(2).digits());
    }

    @Test
    void play_secondTime_continuesCardsAndPsams() throws Exception {
        plan();
        city.act(3, 2, 10, "FORGE");
        assertThat(play()).isZero();
        long left = report().path("cardsBalanceFen").asLong();
        assertThat(play()).isZero();
        assertThat(report().path("openingBalanceFen").asLong()).isEqualTo(left);
        assertThat(report().path("outcomes").path("ACCEPTED").asInt()).isEqualTo(TAPS);
        assertThat(core.committed()).hasSize(2 * TAPS);
        assertCardsAreWithoutGap(7);
    }

    @Test
    void drain_afterAPlayWithoutCore_sendsEverythingOnce() throws Exception {
        plan();
        assertThat(run("play", "--no-uplink", "--report", data.resolve("report.json").toString())).isZero();
        assertThat(core.committed()).isEmpty();
        assertThat(report().path("sent").asInt()).isZero();
        assertThat(run("drain", "--core", "127.0.0.1:" + core.port(), "--plaintext")).isZero();
        assertThat(core.committed()).hasSize(TAPS);
        assertThat(run("drain", "--core", "127.0.0.1:" + core.port(), "--plaintext")).isZero();
        assertThat(core.tapsReceived()).isEqualTo(TAPS);
    }

    @Test
    void play_coreMisbehaves_everyTapIsCommittedOnce() throws Exception {
        plan();
        core.script(FakeCore.Behaviour.COMMIT_AND_DROP, FakeCore.Behaviour.DROP, FakeCore.Behaviour.ANSWER_TOO_FEW, FakeCore.Behaviour.ANSWER_TWICE);
        assertThat(play()).isZero();
        assertThat(core.committed()).hasSize(TAPS).doesNotHaveDuplicates();
        assertThat(report().path("sent").asInt()).isEqualTo(TAPS);
    }

    @Test
    void play_noCore_failsWithTheTapsKept() throws Exception {
        plan();
        int port = core.goAway();
        assertThat(run("play", "--core", "127.0.0.1:" + port, "--plaintext", "--patience", "1")).isEqualTo(1);
        core.comeBack(port);
        assertThat(run("drain", "--core", "127.0.0.1:" + port, "--plaintext")).isZero();
        assertThat(core.committed()).hasSize(TAPS);
    }

    @Test
    void play_cityIsMissingOrWrong_saysWhatAndEndsWithOne() throws Exception {
        assertThat(play()).as("no plan").isEqualTo(1);
        plan();
        Path cards = data.resolve("secrets/perso/cards.csv");
        Files.write(cards, Files.readAllLines(cards).subList(0, 3));
        assertThat(play()).as("cards without keys").isEqualTo(1);
        assertThat(run("play", "--no-such-option")).isEqualTo(2);
        assertThat(run("drain", "--core", "nowhere", "--plaintext")).isEqualTo(1);
        assertThat(run("drain")).as("no core runs").isEqualTo(1);
    }

    @Test
    void drain_spoolIsHeldByAnotherProcess_refuses() throws Exception {
        Files.createDirectories(data.resolve("spool"));
        Process holder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                Files.writeString(data.resolve("Hold.java"), """
                        void main(String[] a) throws Exception {
                            var c = java.nio.channels.FileChannel.open(java.nio.file.Path.of(a[0]), java.nio.file.StandardOpenOption.CREATE,
                                    java.nio.file.StandardOpenOption.WRITE);
                            c.lock();
                            IO.println("held");
                            System.in.read();
                        }
                        """).toString(), data.resolve("spool/lock").toString()).start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("held");
            assertThat(run("drain", "--core", "127.0.0.1:" + core.port(), "--plaintext")).isEqualTo(1);
        } finally {
            holder.destroy();
        }
    }

    @Test
    void readers_simProvider_listsCardAndPsam() throws Exception {
        assertThat(run("readers", "--provider", "sim")).isZero();
    }

    private void plan() throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < TAPS; i++) {
            city.act(random.nextInt(TestCity.PSAMS), random.nextInt(TestCity.CARDS), random.nextInt(3) * 25, "TAP");
        }
    }

    private int play() {
        return run("play", "--core", "127.0.0.1:" + core.port(), "--plaintext", "--progress", "--report", data.resolve("report.json").toString());
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--data", data.toString()));
        return Main.run(all.toArray(String[]::new));
    }

    private JsonNode report() throws Exception {
        return new ObjectMapper().readTree(data.resolve("report.json").toFile());
    }

    /** Counter and balance of every card follow one another without a gap, in the order of the counter. */
    private void assertCardsAreWithoutGap(int firstCounter) {
        Map<CardNo, List<TapFrame>> byCard = new HashMap<>();
        core.committed().forEach(frame -> byCard.computeIfAbsent(frame.card().cardNo(), _ -> new ArrayList<>()).add(frame));
        byCard.forEach((card, frames) -> {
            frames.sort((a, b) -> Integer.compare(a.debit().counter().value(), b.debit().counter().value()));
            int counter = firstCounter;
            long balance = TestCity.OPENING_FEN;
            for (TapFrame frame : frames) {
                assertThat(frame.debit().counter().value()).as("counter of %s", card).isEqualTo(counter++);
                assertThat(frame.debit().balanceBefore().fen()).as("balance of %s", card).isEqualTo(balance);
                balance -= frame.debit().amount().fen();
            }
        });
    }
}
