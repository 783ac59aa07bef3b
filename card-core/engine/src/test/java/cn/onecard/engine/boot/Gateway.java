package cn.onecard.engine.boot;

import cn.onecard.wire.TapCodec;
import cn.onecard.wire.TapFrame;
import cn.onecard.wire.proto.BatchAck;
import cn.onecard.wire.proto.Tap;
import cn.onecard.wire.proto.TapAck;
import cn.onecard.wire.proto.TapBatch;
import cn.onecard.wire.proto.TerminalServiceGrpcClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A gateway that submits batches and makes payment calls over mutual TLS, each in a call and on a connection of its own, and waits for the answer. Calls do
 *  not share a connection because this client, with more than a window to write in several calls, may leave some of them waiting
 *  though the core would read. */
final class Gateway implements AutoCloseable {
    private static final int CONNECTIONS = 64;

    private final Vertx vertx = Vertx.vertx();
    private final GrpcClient client;
    private final SocketAddress core;

    Gateway(String name, int port) {
        HttpClientOptions options = new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setSsl(true).setUseAlpn(true)
                .setHttp2MultiplexingLimit(1)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addKeyPath(RunningCore.TLS.resolve("gateway-" + name + ".key").toString())
                        .addCertPath(RunningCore.TLS.resolve("gateway-" + name + ".pem").toString()))
                .setTrustOptions(new PemTrustOptions().addCertPath(RunningCore.TLS.resolve("ca.pem").toString()));
        this.client = GrpcClient.client(vertx, vertx.httpClientBuilder().with(options).with(new PoolOptions().setHttp2MaxSize(CONNECTIONS)).build());
        this.core = SocketAddress.inetSocketAddress(port, "127.0.0.1");
    }

    /** How a payment call ended.
     *
     *  @param message of the status, if it has one */
    record Reply<A>(GrpcStatus status, @Nullable String message, Optional<A> answer) {
        A ok() {
            return answer.orElseThrow(() -> new IllegalStateException("the call ended with " + status + ", " + message));
        }
    }

    /** How a call ended. */
    record Answer(List<BatchAck> acks, GrpcStatus status) {}

    static TapBatch batch(long number, List<TapFrame> frames) {
        return TapBatch.newBuilder().setBatchNo(number).addAllTaps(frames.stream().map(TapCodec::toProto).toList()).build();
    }

    /** Submits frames as one batch.
     *
     *  @return one acknowledgement a frame */
    List<TapAck> submit(TapFrame... frames) throws Exception {
        return submitTaps(Arrays.stream(frames).map(TapCodec::toProto).toList());
    }

    /** Submits messages as one batch. */
    List<TapAck> submitTaps(List<Tap> taps) throws Exception {
        Answer answer = call(List.of(TapBatch.newBuilder().setBatchNo(1).addAllTaps(taps).build())).get(60, TimeUnit.SECONDS);
        if (answer.status() != GrpcStatus.OK || answer.acks().size() != 1) {
            throw new IllegalStateException("the call ended with " + answer.status());
        }
        return answer.acks().getFirst().getAcksList();
    }

    /** Submits batches in one call. */
    CompletableFuture<Answer> call(List<TapBatch> batches) {
        CompletableFuture<Answer> result = new CompletableFuture<>();
        List<BatchAck> acks = new ArrayList<>();
        Future<GrpcClientRequest<TapBatch, BatchAck>> call = client.request(core, TerminalServiceGrpcClient.Submit);
        call.onFailure(result::completeExceptionally).onSuccess(request -> {
            request.response().onFailure(result::completeExceptionally).onSuccess(response -> {
                response.handler(acks::add);
                response.exceptionHandler(result::completeExceptionally);
                response.endHandler(end -> result.complete(new Answer(List.copyOf(acks), response.status())));
            });
            batches.forEach(request::write);
            request.end();
        });
        return result;
    }

    /** Makes a payment call and waits for its answer. */
    <Q, A> Reply<A> ask(ServiceMethod<A, Q> method, Q message) {
        return call(method, message).orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** Makes a payment call. */
    <Q, A> CompletableFuture<Reply<A>> call(ServiceMethod<A, Q> method, Q message) {
        CompletableFuture<Reply<A>> result = new CompletableFuture<>();
        client.request(core, method).onFailure(result::completeExceptionally).onSuccess(request -> {
            request.response().onFailure(result::completeExceptionally).onSuccess(response -> {
                AtomicReference<A> answer = new AtomicReference<>();
                response.handler(answer::set);
                response.exceptionHandler(result::completeExceptionally);
                response.endHandler(end -> result.complete(new Reply<>(response.status(), response.statusMessage(), Optional.ofNullable(answer.get()))));
            });
            request.end(message);
        });
        return result;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
