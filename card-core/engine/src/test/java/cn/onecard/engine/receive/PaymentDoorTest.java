package cn.onecard.engine.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TerminalId;
import cn.onecard.wire.LoadFrame;
import cn.onecard.wire.PaymentCodec;
import cn.onecard.wire.proto.OrderChange;
import cn.onecard.wire.proto.OrderName;
import cn.onecard.wire.proto.PaymentServiceGrpcClient;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Payment calls that are too many, too slow, unreadable or of nobody: each ends with its status, and makes room again. */
class PaymentDoorTest {
    private static final Duration WAITING = Duration.ofSeconds(60);
    private static final int OF_GATEWAY = 4;
    private static final int IN_ALL = 6;
    private static final OrderChange REFUND = OrderChange.newBuilder().setKey("r").setOrderKey("p").build();

    private final Vertx vertx = Vertx.vertx();
    private final HeldPayments desk = new HeldPayments();
    private TerminalServer server;
    private GrpcClient client;
    private SocketAddress address;

    @BeforeEach
    void start() throws Exception {
        listen(Duration.ofMinutes(10));
    }

    @AfterEach
    void stop() throws Exception {
        desk.release();
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void call_moreThanAGatewayOrAllMayHave_areRefusedUntilThereIsRoom() {
        List<CompletableFuture<GrpcStatus>> held = IntStream.range(0, OF_GATEWAY).mapToObj(i -> refund("a")).toList();
        await().atMost(WAITING).until(() -> desk.taken() == OF_GATEWAY);
        assertThat(refund("a").join()).as("one more of the same").isEqualTo(GrpcStatus.RESOURCE_EXHAUSTED);
        List<CompletableFuture<GrpcStatus>> others = IntStream.range(0, IN_ALL - OF_GATEWAY).mapToObj(i -> refund("b")).toList();
        await().atMost(WAITING).until(() -> desk.taken() == IN_ALL);
        assertThat(refund("c").join()).as("one more in all").isEqualTo(GrpcStatus.RESOURCE_EXHAUSTED);
        desk.release();
        assertThat(held).allSatisfy(call -> assertThat(call.join()).isEqualTo(GrpcStatus.OK));
        assertThat(others).allSatisfy(call -> assertThat(call.join()).isEqualTo(GrpcStatus.OK));
        await().atMost(WAITING).until(() -> server.openStreams() == 0);
        assertThat(refund("a").join()).isEqualTo(GrpcStatus.OK);
    }

    @Test
    void call_workTakesTooLong_isAnsweredAndCountsUntilItIsDone() throws Exception {
        listen(Duration.ofMillis(50));
        assertThat(refund("a").join()).isEqualTo(GrpcStatus.UNAVAILABLE);
        assertThat(server.openStreams()).as("it is still worked on").isEqualTo(1);
        desk.release();
        await().atMost(WAITING).until(() -> server.openStreams() == 0);
    }

    @Test
    void call_neverEnds_isAnsweredAndMakesRoom() throws Exception {
        listen(Duration.ofMillis(50));
        assertThat(raw("a", "identity", request -> request.write(Buffer.buffer(REFUND.toByteArray()))).join()).isEqualTo(GrpcStatus.UNAVAILABLE);
        await().atMost(WAITING).until(() -> server.openStreams() == 0);
        assertThat(desk.taken()).isZero();
    }

    @Test
    void call_whatIsNoCall_endsWithItsStatusAndIsNotHandedIn() {
        Buffer good = Buffer.buffer(REFUND.toByteArray());
        assertThat(raw("a", "identity", request -> request.end(Buffer.buffer(new byte[] {10, 99, 1}))).join()).as("rubbish").isEqualTo(GrpcStatus.INVALID_ARGUMENT);
        assertThat(raw("a", "identity", request -> request.end(Buffer.buffer(new byte[300_000]))).join()).as("too long").isEqualTo(GrpcStatus.INVALID_ARGUMENT);
        assertThat(raw("a", "identity", GrpcClientRequest::end).join()).as("no message").isEqualTo(GrpcStatus.INVALID_ARGUMENT);
        assertThat(raw("a", "identity", request -> {
            request.write(good);
            request.end(good);
        }).join()).as("two messages").isEqualTo(GrpcStatus.INVALID_ARGUMENT);
        assertThat(raw("a", "identity", request -> request.end(Buffer.buffer())).join()).as("fields missing").isEqualTo(GrpcStatus.INVALID_ARGUMENT);
        assertThat(raw("a", "gzip", request -> request.end(good)).join()).as("compressed").isEqualTo(GrpcStatus.UNIMPLEMENTED);
        assertThat(raw(" ", "identity", request -> request.end(good)).join()).as("of nobody").isEqualTo(GrpcStatus.UNAUTHENTICATED);
        assertThat(desk.taken()).isZero();
        await().atMost(WAITING).until(() -> server.openStreams() == 0);
    }

    @Test
    void call_deskFails_isAnsweredThatNobodyKnows() {
        LoadFrame load = new LoadFrame("k", new TerminalId(1), CardNo.ofDigits("31040000000000000017"), LoadFrame.Source.WALLET, Money.ofFen(1),
                new LoadFrame.CardInit(Money.ZERO, 0, 1, 1, 0), 0);
        assertThat(call("a", PaymentServiceGrpcClient.BeginLoad, "identity", request -> request.end(PaymentCodec.toProto(load))).join())
                .isEqualTo(GrpcStatus.UNAVAILABLE);
        await().atMost(WAITING).until(() -> server.openStreams() == 0);
    }

    @Test
    void drain_callUnderWay_isAnsweredAndNoneIsTakenAfter() {
        CompletableFuture<GrpcStatus> held = refund("a");
        await().atMost(WAITING).until(() -> desk.taken() == 1);
        server.drain();
        assertThat(call("a", PaymentServiceGrpcClient.FindOrder, "identity", request -> request.end(OrderName.newBuilder().setOrderKey("p").build())).join())
                .isEqualTo(GrpcStatus.UNAVAILABLE);
        desk.release();
        assertThat(held.join()).isEqualTo(GrpcStatus.OK);
        await().atMost(WAITING).until(() -> server.openStreams() == 0);
    }

    private CompletableFuture<GrpcStatus> refund(String gateway) {
        return call(gateway, PaymentServiceGrpcClient.Refund, "identity", request -> request.end(REFUND));
    }

    /** A Refund call that may send any bytes. */
    private CompletableFuture<GrpcStatus> raw(String gateway, String encoding, Consumer<GrpcClientRequest<Buffer, Buffer>> send) {
        ServiceMethod<Buffer, Buffer> bytes = ServiceMethod.client(PaymentServiceGrpcClient.Refund.serviceName(),
                PaymentServiceGrpcClient.Refund.methodName(), GrpcMessageEncoder.IDENTITY, GrpcMessageDecoder.IDENTITY);
        return call(gateway, bytes, encoding, send);
    }

    private <Q, A> CompletableFuture<GrpcStatus> call(String gateway, ServiceMethod<A, Q> method, String encoding, Consumer<GrpcClientRequest<Q, A>> send) {
        CompletableFuture<GrpcStatus> status = new CompletableFuture<>();
        client.request(address, method).onFailure(status::completeExceptionally).onSuccess(request -> {
            request.headers().set("x-gateway", gateway);
            request.encoding(encoding);
            request.response().onFailure(status::completeExceptionally).onSuccess(response -> {
                response.exceptionHandler(status::completeExceptionally);
                response.endHandler(end -> status.complete(response.status()));
            });
            send.accept(request);
        });
        return status.orTimeout(WAITING.toSeconds(), TimeUnit.SECONDS);
    }

    private void listen(Duration patience) throws Exception {
        ReceiveLimits limits = new ReceiveLimits(1_000, 64 * 1024, 16 * 1024, 8, 400, 800, 8, 12, patience, new CallLimits(OF_GATEWAY, IN_ALL, patience));
        server = TerminalServer.of(vertx, new TerminalServer.Address("127.0.0.1", 0, Optional.empty()), new TerminalServer.Desks(new HeldDesk(), desk, new NoDownloads()), limits,
                Clock.systemUTC());
        address = SocketAddress.inetSocketAddress(server.listen().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS), "127.0.0.1");
        client = GrpcClient.client(vertx, new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
    }
}
