package cn.onecard.terminal.uplink;

import cn.onecard.wire.proto.BatchAck;
import cn.onecard.wire.proto.TapBatch;
import cn.onecard.wire.proto.TerminalServiceGrpcClient;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call of Submit. What comes back is told as events, on Vert.x's thread. Each has a client, and so a connection, of its
 *  own: from a shared pool the next attempt could be given the connection that is just dying. */
final class CoreStream implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int STREAM_WINDOW_BYTES = 1 << 20;
    /** Answers that may come in before the first of them is taken; a core that sends more is held back. */
    private static final int ANSWERS_AHEAD = 64;

    private final GrpcClient client;
    private final GrpcClientRequest<TapBatch, BatchAck> request;
    private final Consumer<UplinkEvent> events;
    private volatile @Nullable GrpcClientResponse<TapBatch, BatchAck> response;   // written once, by listen

    private CoreStream(GrpcClient client, GrpcClientRequest<TapBatch, BatchAck> request, Consumer<UplinkEvent> events) {
        this.client = client;
        this.request = request;
        this.events = events;
    }

    /** A client with a connection of its own. */
    static GrpcClient client(Vertx vertx, CoreAddress core) {
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false)
                .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                // More than one stream's window, or one paused stream would starve the connection.
                .setHttp2ConnectionWindowSize(4 * STREAM_WINDOW_BYTES)
                .setInitialSettings(new Http2Settings().setInitialWindowSize(STREAM_WINDOW_BYTES));
        core.tls().ifPresent(tls -> options.setSsl(true).setUseAlpn(true).setVerifyHost(true)
                .setTrustOptions(new PemTrustOptions().addCertPath(tls.authority().toString()))
                .setKeyCertOptions(new PemKeyCertOptions().addCertPath(tls.certificate().toString()).addKeyPath(tls.key().toString())));
        return GrpcClient.client(vertx, options);
    }

    /** Connects, and waits for it.
     *
     *  @throws StreamBroken if the core is not there or one side does not trust the other */
    static CoreStream open(Vertx vertx, CoreAddress core, Consumer<UplinkEvent> events) throws StreamBroken, InterruptedException {
        GrpcClient client = client(vertx, core);
        try {
            GrpcClientRequest<TapBatch, BatchAck> request = client
                    .request(SocketAddress.inetSocketAddress(core.port(), core.host()), TerminalServiceGrpcClient.Submit)
                    .toCompletionStage().toCompletableFuture().get(2 * CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            CoreStream stream = new CoreStream(client, request, events);
            // The core sends its first answer, and with it the headers, only after a batch: this does not wait for it.
            request.response().onComplete(stream::listen, stream::broken);
            return stream;
        } catch (ExecutionException | TimeoutException e) {
            client.close();
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            throw new StreamBroken("no connection to the core at " + core + ": " + cause, cause);
        }
    }

    /** Sends a batch. What is queued for the socket is bounded by the window of unanswered batches. */
    void send(TapBatch batch) throws StreamBroken {
        try {
            request.write(batch).onFailure(this::broken);
        } catch (IllegalStateException closed) {   // broken meanwhile; the event is on its way
            throw new StreamBroken("the stream to the core broke: " + closed.getMessage(), closed);
        }
    }

    /** An answer was taken: one more may come. */
    void fetch() {
        GrpcClientResponse<TapBatch, BatchAck> open = response;
        if (open != null) {
            open.fetch(1);
        }
    }

    /** Ends the call and its connection. */
    @Override
    public void close() {
        client.close();
    }

    private void listen(GrpcClientResponse<TapBatch, BatchAck> opened) {
        response = opened;
        opened.pause();
        opened.exceptionHandler(this::broken);
        opened.endHandler(_ -> events.accept(new UplinkEvent.Broken(
                new StreamBroken("the core ended the stream: " + status(opened)))));
        opened.handler(ack -> events.accept(new UplinkEvent.Acknowledged(ack)));
        opened.fetch(ANSWERS_AHEAD);
    }

    private void broken(Throwable cause) {
        events.accept(new UplinkEvent.Broken(new StreamBroken("the stream to the core broke: " + cause, cause)));
    }

    private static String status(GrpcClientResponse<TapBatch, BatchAck> response) {
        GrpcStatus status = response.status();
        String message = response.statusMessage();
        return status + (message == null ? "" : ", " + message);
    }
}
