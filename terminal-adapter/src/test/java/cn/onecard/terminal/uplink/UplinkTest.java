package cn.onecard.terminal.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.terminal.spool.FileSpoolDisk;
import cn.onecard.terminal.spool.Frames;
import cn.onecard.terminal.spool.Spool;
import cn.onecard.terminal.uplink.FakeCore.Behaviour;
import cn.onecard.vocabulary.Refusal;
import cn.onecard.vocabulary.TapOutcome;
import cn.onecard.wire.TapFrame;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The uplink against a core that keeps its promises and one that does not. */
class UplinkTest {
    private static final UplinkSettings QUICK =
            new UplinkSettings(10, 3, Duration.ofMillis(300), Duration.ofMillis(5), Duration.ofMillis(50));
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;
    private Vertx vertx = Vertx.vertx();
    private Spool spool;

    @BeforeEach
    void open() throws Exception {
        spool = Spool.open(new FileSpoolDisk(folder.resolve("spool")), Spool.Bounds.DEFAULT);
    }

    @AfterEach
    void close() throws Exception {
        spool.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void start_spoolHoldsTaps_coreHasAllOfThemInOrder() throws Exception {
        fill(1, 95);
        try (FakeCore core = FakeCore.start(vertx); Uplink uplink = start(core.port())) {
            assertThat(uplink.awaitDrained(PATIENCE)).isTrue();
            assertThat(core.committed()).isEqualTo(taps(1, 95));
            assertThat(core.tapsReceived()).isEqualTo(95);
            assertThat(core.largestBatch()).isEqualTo(10);
            assertThat(uplink.outcomes()).isEqualTo(Map.of(TapOutcome.ACCEPTED, 95L));
        }
    }

    @Test
    void settled_whileTheStreamIsOpen_isSentAtOnce() throws Exception {
        try (FakeCore core = FakeCore.start(vertx); Uplink uplink = start(core.port())) {
            for (int seq = 1; seq <= 5; seq++) {
                fill(seq, seq);
                assertThat(uplink.awaitDrained(PATIENCE)).isTrue();
            }
            assertThat(core.committed()).isEqualTo(taps(1, 5));
            assertThat(core.streams()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Behaviour.class)
    void submit_coreMisbehaves_everythingIsCommittedOnceAndAnsweredOnce(Behaviour behaviour) throws Exception {
        fill(1, 95);
        try (FakeCore core = FakeCore.start(vertx)) {
            core.script(Behaviour.ANSWER, Behaviour.ANSWER, behaviour, Behaviour.ANSWER, behaviour);
            try (Uplink uplink = start(core.port())) {
                assertThat(uplink.awaitDrained(PATIENCE)).isTrue();
                assertThat(core.committed()).hasSize(95).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(taps(1, 95));
                assertThat(uplink.outcomes().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(95);
                assertThat(uplink.outcomes().keySet()).isSubsetOf(TapOutcome.ACCEPTED, TapOutcome.DUPLICATE);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void submit_coreMisbehavesAtRandom_everythingIsCommittedOnce(long seed) throws Exception {
        var random = new java.util.SplittableRandom(seed);
        fill(1, 300);
        try (FakeCore core = FakeCore.start(vertx)) {
            Behaviour[] all = Behaviour.values();
            for (int i = 0; i < 15; i++) {
                core.script(random.nextBoolean() ? Behaviour.ANSWER : all[random.nextInt(all.length)]);
            }
            try (Uplink uplink = start(core.port())) {
                assertThat(uplink.awaitDrained(PATIENCE)).as("seed %d", seed).isTrue();
            }
            assertThat(core.committed()).as("seed %d", seed).hasSize(300).containsExactlyInAnyOrderElementsOf(taps(1, 300));
        }
    }

    static LongStream seeds() {
        long first = Long.getLong("seed.first", 1);
        return LongStream.range(first, first + Long.getLong("seed.tries", 6));
    }

    @Test
    void settled_coreIsAway_spoolHoldsThenDrainsAndNothingIsCommittedTwice() throws Exception {
        try (FakeCore core = FakeCore.start(vertx); Uplink uplink = start(core.port())) {
            fill(1, 20);
            assertThat(uplink.awaitDrained(PATIENCE)).isTrue();
            int port = core.goAway();
            fill(21, 60);
            assertThat(uplink.awaitDrained(Duration.ofMillis(200))).isFalse();
            assertThat(spool.waiting()).isEqualTo(40);
            core.comeBack(port);
            assertThat(uplink.awaitDrained(PATIENCE)).isTrue();
            assertThat(core.committed()).isEqualTo(taps(1, 60));
        }
    }

    @Test
    void start_terminalWasRestartedBeforeTheAnswer_sendsAgainAndTheCoreKnowsThem() throws Exception {
        fill(1, 10);
        try (FakeCore core = FakeCore.start(vertx)) {
            core.script(Behaviour.STALL);
            try (Uplink uplink = start(core.port())) {
                Awaitility.await().until(() -> core.tapsReceived() == 10);
                assertThat(uplink.outcomes()).isEmpty();
            }
            spool.close();
            spool = Spool.open(new FileSpoolDisk(folder.resolve("spool")), Spool.Bounds.DEFAULT);
            try (Uplink uplink = start(core.port())) {
                assertThat(uplink.awaitDrained(PATIENCE)).isTrue();
                assertThat(uplink.outcomes()).isEqualTo(Map.of(TapOutcome.DUPLICATE, 10L));
            }
        }
    }

    @Test
    void submit_coreRefusesSome_refusalsAreWrittenDownMasked() throws Exception {
        fill(1, 3);
        try (FakeCore core = FakeCore.start(vertx, new HttpServerOptions(), frame -> switch ((int) frame.key().psamSeq()) {
            case 1 -> FakeCore.ack(frame.key(), TapOutcome.SUSPECT, Refusal.CARD_REPORTED_LOST.code());
            case 2 -> FakeCore.ack(frame.key(), TapOutcome.FORGED, Refusal.TAC_WRONG.code());
            default -> FakeCore.ack(frame.key(), TapOutcome.ACCEPTED, 0);
        }); Uplink uplink = start(core.port())) {
            assertThat(uplink.awaitDrained(PATIENCE)).isTrue();
            assertThat(uplink.outcomes()).isEqualTo(Map.of(TapOutcome.ACCEPTED, 1L, TapOutcome.SUSPECT, 1L, TapOutcome.FORGED, 1L));
        }
        assertThat(Files.readAllLines(folder.resolve("refusals.csv"))).containsExactly(
                "answered_at,psam_no,psam_seq,card_no,event_at,amount_fen,outcome,reason",
                "2026-11-24T10:00:00Z,000000000007,1,310471**********0001,20261124080001,200,SUSPECT,CARD_REPORTED_LOST",
                "2026-11-24T10:00:00Z,000000000007,2,310471**********0002,20261124080001,200,FORGED,TAC_WRONG");
    }

    @Test
    void start_mutualTls_isServedAndAStrangerIsNot() throws Exception {
        TestIdentity core = TestIdentity.make(folder.resolve("core"), "core");
        TestIdentity gateway = TestIdentity.make(folder.resolve("gateway"), "gateway-north");
        TestIdentity stranger = TestIdentity.make(folder.resolve("stranger"), "stranger");
        fill(1, 5);
        HttpServerOptions options = new HttpServerOptions().setSsl(true).setUseAlpn(true)
                .setClientAuth(io.vertx.core.http.ClientAuth.REQUIRED)
                .setKeyCertOptions(core.keyAndCertificate()).setTrustOptions(gateway.trust());
        try (FakeCore server = FakeCore.start(vertx, options, frame -> FakeCore.ack(frame.key(), TapOutcome.ACCEPTED, 0))) {
            try (Uplink uplink = start(new CoreAddress("127.0.0.1", server.port(), Optional.of(stranger.tls(core))))) {
                assertThat(uplink.awaitDrained(Duration.ofMillis(500))).isFalse();
            }
            try (Uplink uplink = start(new CoreAddress("127.0.0.1", server.port(), Optional.of(gateway.tls(stranger))))) {
                assertThat(uplink.awaitDrained(Duration.ofMillis(500))).as("a core signed by somebody else").isFalse();
            }
            assertThat(server.tapsReceived()).isZero();
            try (Uplink uplink = start(new CoreAddress("127.0.0.1", server.port(), Optional.of(gateway.tls(core))))) {
                assertThat(uplink.awaitDrained(PATIENCE)).isTrue();
            }
        }
    }

    @Test
    void awaitDrained_spoolCannotBeRead_saysSo() throws Exception {
        fill(1, 3);
        try (FakeCore core = FakeCore.start(vertx)) {
            Path segment = folder.resolve("spool").resolve("0000000000000000001.seg");
            byte[] bytes = Files.readAllBytes(segment);
            bytes[30] ^= 1;
            Files.write(segment, bytes);
            try (Uplink uplink = start(core.port())) {
                assertThatThrownBy(() -> uplink.awaitDrained(PATIENCE)).hasMessageContaining("uplink has stopped");
            }
        }
    }

    private Uplink start(int port) {
        return start(new CoreAddress("127.0.0.1", port, Optional.empty()));
    }

    private Uplink start(CoreAddress core) {
        RefusalLog refusals = new RefusalLog(folder.resolve("refusals.csv"), InstantSource.fixed(Instant.parse("2026-11-24T10:00:00Z")));
        return Uplink.start(vertx, core, QUICK, spool, refusals);
    }

    private void fill(int first, int last) throws Exception {
        for (TapFrame tap : taps(first, last)) {
            spool.settled(tap);
        }
    }

    private static List<TapFrame> taps(int first, int last) {
        List<TapFrame> taps = new ArrayList<>();
        for (int seq = first; seq <= last; seq++) {
            taps.add(Frames.paid(7, seq));
        }
        return taps;
    }
}
