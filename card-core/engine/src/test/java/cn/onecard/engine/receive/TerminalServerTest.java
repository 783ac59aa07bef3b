package cn.onecard.engine.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers who do not read, send too much, come too many at a time or leave in the middle: they are held to their bounds, and the
 *  others notice nothing. */
class TerminalServerTest {
    private static final int SHARE = 400;
    private static final int BATCH = 100;
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Vertx vertx = Vertx.vertx();
    private final HeldDesk desk = new HeldDesk();
    private TerminalServer server;
    private int port;

    @BeforeEach
    void start() throws Exception {
        listen(limits(LONG));
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void submit_callerDoesNotRead_isPausedWhileOthersGoOnAndLosesNothing() {
        Caller unread = call("depot").send(1, 1).stopReading().send(1_000, 1_000).end();
        Caller other = call("other").send(500, BATCH).end();

        assertThat(other.status()).isEqualTo(GrpcStatus.OK);
        assertThat(other.acknowledged()).hasSize(500);
        assertThat(desk.taken("depot")).as("batches of 10 kB of acknowledgements each").isLessThan(100);

        unread.readOn();
        assertThat(unread.status()).isEqualTo(GrpcStatus.OK);
        assertThat(unread.acknowledged()).hasSize(1_001).endsWith(998L, 999L);
    }

    @Test
    void submit_callerNeverReads_isCutOffAfterItsTime() throws Exception {
        listen(limits(Duration.ofMillis(100)));
        Caller unread = call("depot").send(1, 1).stopReading().send(1_000, 1_000).end();
        await().atMost(Duration.ofSeconds(60)).until(() -> server.openStreams() == 0);
        unread.readOn();
        assertCutOff(unread::status);
        assertThat(call("depot").send(3, BATCH).end().status()).isEqualTo(GrpcStatus.OK);
    }

    @Test
    void submit_gatewayFloodsByManyCalls_hasItsShareAndOthersGoOn() {
        desk.hold("flood");
        List<Caller> flood = IntStream.range(0, 8).mapToObj(i -> call("flood").send(50, BATCH).end()).toList();
        await().atMost(Duration.ofSeconds(60)).until(() -> desk.mostWaiting("flood") >= SHARE);

        Caller other = call("other").send(500, BATCH).end();
        assertThat(other.status()).isEqualTo(GrpcStatus.OK);
        assertThat(other.acknowledged()).hasSize(500);
        assertThat(desk.mostWaiting("flood")).isEqualTo(SHARE);

        desk.release("flood");
        assertThat(flood).allSatisfy(caller -> {
            assertThat(caller.status()).isEqualTo(GrpcStatus.OK);
            assertThat(caller.acknowledged()).isEqualTo(LongStream.range(0, 50).boxed().toList());
        });
    }

    @Test
    void submit_everyGatewayFloods_allTogetherHaveTheWholeAndAreServedInTheEnd() {
        List<String> gateways = List.of("a", "b", "c", "d");
        gateways.forEach(desk::hold);
        List<Caller> flood = gateways.stream().map(gateway -> call(gateway).send(50, BATCH).end()).toList();
        await().atMost(Duration.ofSeconds(60)).until(() -> sumOfMostWaiting(gateways) >= 2 * SHARE);
        assertThat(sumOfMostWaiting(gateways)).isEqualTo(2 * SHARE);
        gateways.forEach(desk::release);
        assertThat(flood).allSatisfy(caller -> {
            assertThat(caller.status()).isEqualTo(GrpcStatus.OK);
            assertThat(caller.acknowledged()).hasSize(50);
        });
    }

    @Test
    void submit_gatewayLeavesCallsInTheMiddle_isStillHeldToItsShare() {
        desk.hold("flood");
        for (int i = 0; i < 30; i++) {
            Caller leaving = call("flood").send(8, BATCH);
            await().atMost(Duration.ofSeconds(60)).until(() -> server.openStreams() == 1);
            leaving.close();
            await().atMost(Duration.ofSeconds(60)).until(() -> server.openStreams() == 0);
        }
        assertThat(desk.mostWaiting("flood")).isLessThanOrEqualTo(SHARE);
        Caller last = call("flood").send(8, BATCH).end();
        desk.release("flood");
        assertThat(last.status()).isEqualTo(GrpcStatus.OK);
        assertThat(last.acknowledged()).hasSize(8);
    }

    @Test
    void submit_moreCallsThanAGatewayMayHave_areRefusedWithAStatus() {
        List<Caller> allowed = IntStream.range(0, 8).mapToObj(i -> call("depot").send(1, 1)).toList();
        await().atMost(Duration.ofSeconds(60)).until(() -> allowed.stream().allMatch(caller -> caller.acknowledged().size() == 1));
        assertThat(call("depot").send(1, 1).status()).isEqualTo(GrpcStatus.RESOURCE_EXHAUSTED);
        assertThat(call("other").send(1, 1).end().status()).isEqualTo(GrpcStatus.OK);
        assertThat(allowed.getFirst().end().status()).isEqualTo(GrpcStatus.OK);
        assertThat(call("depot").send(1, 1).end().status()).isEqualTo(GrpcStatus.OK);
    }

    @Test
    void submit_compressedMessages_areRefusedWithAStatus() {
        assertThat(new Caller(vertx, port, "depot", "gzip").send(1, 1_000).status()).isEqualTo(GrpcStatus.UNIMPLEMENTED);
        assertThat(desk.taken("depot")).isZero();
    }

    @Test
    void connect_moreThanTheCoreTakes_isCutOffUntilOneLeaves() {
        List<Caller> allowed = Stream.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l").map(gateway -> call(gateway).send(1, 1)).toList();
        await().atMost(Duration.ofSeconds(60)).until(() -> allowed.stream().allMatch(caller -> caller.acknowledged().size() == 1));
        assertCutOff(() -> call("late").send(1, 1).status());
        allowed.getFirst().close();
        await().atMost(Duration.ofSeconds(60)).until(() -> server.openConnections() < 12);
        assertThat(call("late").send(1, 1).end().status()).isEqualTo(GrpcStatus.OK);
    }

    private static void assertCutOff(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(CompletionException.class).cause().isNotInstanceOf(TimeoutException.class);
    }

    private Caller call(String gateway) {
        return new Caller(vertx, port, gateway, "identity");
    }

    private int sumOfMostWaiting(List<String> gateways) {
        return gateways.stream().mapToInt(desk::mostWaiting).sum();
    }

    private static ReceiveLimits limits(Duration unreadPatience) {
        return new ReceiveLimits(1_000, 64 * 1024, 16 * 1024, 8, SHARE, 2 * SHARE, 8, 12, unreadPatience, CallLimits.STANDARD);
    }

    private void listen(ReceiveLimits limits) throws Exception {
        server = TerminalServer.of(vertx, new TerminalServer.Address("127.0.0.1", 0, Optional.empty()), new TerminalServer.Desks(desk, new HeldPayments(), new NoDownloads()), limits, Clock.systemUTC());
        port = server.listen().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
