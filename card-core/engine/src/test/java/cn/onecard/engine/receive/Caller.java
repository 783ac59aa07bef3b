package cn.onecard.engine.receive;

import cn.onecard.wire.proto.BatchAck;
import cn.onecard.wire.proto.Tap;
import cn.onecard.wire.proto.TapBatch;
import cn.onecard.wire.proto.TerminalServiceGrpcClient;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** One Submit call in clear, whose caller may behave as badly as it likes. */
final class Caller {
    private static final int PATIENCE_SECONDS = 60;

    private final List<Long> acknowledged = new CopyOnWriteArrayList<>();
    /** How the call ended: its status, or exceptionally when it was cut off. */
    private final CompletableFuture<GrpcStatus> end = new CompletableFuture<>();
    private final CompletableFuture<GrpcClientResponse<TapBatch, BatchAck>> response = new CompletableFuture<>();
    private final CompletableFuture<GrpcClientRequest<TapBatch, BatchAck>> request;
    private final GrpcClient client;

    /** Connects.
     *
     *  @param encoding of the messages */
    Caller(Vertx vertx, int port, String gateway, String encoding) {
        HttpClientOptions options = new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false);
        client = GrpcClient.client(vertx, options);
        request = client.request(SocketAddress.inetSocketAddress(port, "127.0.0.1"), TerminalServiceGrpcClient.Submit)
                .map(call -> open(call.encoding(encoding), gateway)).onFailure(end::completeExceptionally)
                .toCompletionStage().toCompletableFuture();
    }

    private GrpcClientRequest<TapBatch, BatchAck> open(GrpcClientRequest<TapBatch, BatchAck> call, String gateway) {
        call.headers().set("x-gateway", gateway);
        call.response().onFailure(end::completeExceptionally).onSuccess(opened -> {
            opened.handler(ack -> acknowledged.add(ack.getBatchNo()));
            opened.exceptionHandler(end::completeExceptionally);
            opened.endHandler(ended -> end.complete(opened.status()));
            response.complete(opened);
        });
        return call;
    }

    /** Sends batches, of taps that are none, and waits for nothing. */
    Caller send(int batches, int taps) {
        GrpcClientRequest<TapBatch, BatchAck> call = request.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        List<Tap> nothing = Collections.nCopies(taps, Tap.getDefaultInstance());
        for (int batch = 0; batch < batches; batch++) {
            call.write(TapBatch.newBuilder().setBatchNo(batch).addAllTaps(nothing).build());
        }
        return this;
    }

    Caller end() {
        request.join().end();
        return this;
    }

    void close() {
        client.close().toCompletionStage().toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** From its first acknowledgement on the caller reads no more. */
    Caller stopReading() {
        response.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join().pause();
        return this;
    }

    void readOn() {
        response.join().resume();
    }

    List<Long> acknowledged() {
        return acknowledged;
    }

    /** How the call ended; waits for it. */
    GrpcStatus status() {
        return end.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
