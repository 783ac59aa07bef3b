package cn.onecard.engine.bench;

import cn.onecard.wire.proto.BatchAck;
import cn.onecard.wire.proto.TapBatch;
import cn.onecard.wire.proto.TerminalServiceGrpcClient;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.common.GrpcMessage;
import java.nio.file.Path;

/** One connection over mutual TLS with one Submit call in it. Messages were encoded before: a terminal's processor is not ours
 *  to spend. Everything runs on the event loop of its context. */
public final class TerminalLink {
    private static final int WINDOW_BYTES = 1 << 20;

    private final Context context;
    private final GrpcClientRequest<TapBatch, BatchAck> call;

    private TerminalLink(Context context, GrpcClientRequest<TapBatch, BatchAck> call) {
        this.context = context;
        this.call = call;
    }

    /** Who connects to whom.
     *
     *  @param tls folder of the certificates
     *  @param gateway the caller */
    public record Address(int port, Path tls, String gateway) {}

    /** What all connections of a gateway share: its certificates, read once.
     *
     *  @param connections how many there may be at once */
    public static HttpClient client(Vertx vertx, Address address, int connections) {
        HttpClientOptions options = new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setSsl(true).setUseAlpn(true)
                .setHttp2MultiplexingLimit(1).setHttp2ConnectionWindowSize(4 * WINDOW_BYTES)
                .setInitialSettings(new Http2Settings().setInitialWindowSize(WINDOW_BYTES))
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addKeyPath(address.tls().resolve("gateway-" + address.gateway() + ".key").toString())
                        .addCertPath(address.tls().resolve("gateway-" + address.gateway() + ".pem").toString()))
                .setTrustOptions(new PemTrustOptions().addCertPath(address.tls().resolve("ca.pem").toString()));
        if (OpenSSLEngineOptions.isAvailable()) {
            options.setSslEngineOptions(new OpenSSLEngineOptions());
        }
        return vertx.createHttpClient(options, new PoolOptions().setHttp2MaxSize(connections));
    }

    /** Connects and opens the call.
     *
     *  @param client of {@link #client}
     *  @param onAck takes every acknowledgement, on the link's event loop
     *  @param onBroken told once if the call ends otherwise than by {@link #close()} */
    public static Future<TerminalLink> open(Vertx vertx, HttpClient client, Address address, Handler<BatchAck> onAck, Handler<Throwable> onBroken) {
        Context context = vertx.getOrCreateContext();
        Promise<TerminalLink> opened = Promise.promise();
        context.runOnContext(now -> GrpcClient.client(vertx, client)
                .request(SocketAddress.inetSocketAddress(address.port(), "127.0.0.1"), TerminalServiceGrpcClient.Submit).onSuccess(call -> {
                    call.response().onFailure(onBroken).onSuccess(response -> {
                        response.handler(onAck);
                        response.exceptionHandler(onBroken);
                        response.endHandler(end -> onBroken.handle(new BenchFailed("the core ended a call with " + response.status())));
                    });
                    opened.complete(new TerminalLink(context, call));
                }).onFailure(opened::fail));
        return opened.future();
    }

    /** Sends a message. On the link's event loop. */
    public Future<Void> send(byte[] message) {
        return call.writeMessage(GrpcMessage.message("identity", Buffer.buffer(message)));
    }

    /** Where {@link #send} is to be called. */
    public Context context() {
        return context;
    }

    /** Ends connection and call. */
    public Future<Void> close() {
        return call.connection().close();
    }
}
