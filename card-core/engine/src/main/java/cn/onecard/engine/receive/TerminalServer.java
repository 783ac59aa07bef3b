package cn.onecard.engine.receive;

import cn.onecard.wire.proto.TapBatch;
import cn.onecard.wire.proto.BatchAck;
import cn.onecard.wire.proto.TerminalServiceGrpcService;
import com.google.protobuf.Descriptors;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.health.HealthService;
import io.vertx.grpc.reflection.ReflectionService;
import io.vertx.grpc.server.GrpcProtocol;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.Service;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The terminals' door: taps and payments by gRPC over mutual TLS, with health and reflection. A caller is known by the common name
 *  of its certificate; in clear, on the loopback interface alone, by the metadata {@code x-gateway}. */
public final class TerminalServer {
    private static final Logger LOG = LoggerFactory.getLogger(TerminalServer.class);
    private static final int STREAMS_PER_CONNECTION = 100;
    /** A connection on which nothing moves for so long is closed; also one whose other end is gone without a word. */
    private static final int IDLE_SECONDS = 300;
    private static final int HANDSHAKE_SECONDS = 10;
    /** HTTP/2's error code ENHANCE_YOUR_CALM. */
    private static final long TOO_MANY = 11;

    private final Vertx vertx;
    private final SubmitStream.Setting setting;
    private final CallerNames callers;
    /** Calls that are no streams, of all services. */
    private final CallsInFlight calls;
    private final Set<SubmitStream> streams = ConcurrentHashMap.newKeySet();
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private final GrpcServer grpc;
    private final HttpServer server;
    private @Nullable HttpServerRequest incoming;       // written by the event loop, and read within the same turn of it

    private TerminalServer(Vertx vertx, SubmitStream.Setting setting, Desks desks, Address address, Callable<Boolean> ready) {
        this.vertx = vertx;
        this.setting = setting;
        callers = new CallerNames(address.tls().isPresent());
        CallLimits limits = setting.limits().payments();
        calls = new CallsInFlight(limits);
        UnaryCall.Setting unary = new UnaryCall.Setting(vertx, callers, calls, limits.patience(),
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("call-", 0).factory()));
        Service payments = new PaymentDoor(desks.payments(), unary);
        Service downloads = new DownloadDoor(desks.downloads(), unary);
        grpc = GrpcServer.server(vertx, new GrpcServerOptions().setMaxMessageSize(setting.limits().messageBytes())
                .removeEnabledProtocol(GrpcProtocol.WEB).removeEnabledProtocol(GrpcProtocol.WEB_TEXT)
                .removeEnabledProtocol(GrpcProtocol.TRANSCODING));
        HealthService health = HealthService.create(vertx);
        for (String name : new String[] {"", TerminalServiceGrpcService.SERVICE_NAME.fullyQualifiedName(), payments.name().fullyQualifiedName(),
            downloads.name().fullyQualifiedName()}) {
            health.register(name, () -> vertx.executeBlocking(ready, false));
        }
        grpc.addService(health).addService(ReflectionService.v1()).addService(new Submit()).addService(payments).addService(downloads);
        server = vertx.createHttpServer(options(address, setting.limits())).connectionHandler(this::connected).requestHandler(this::requested);
    }

    /** Where to listen.
     *
     *  @param host an address of this machine
     *  @param port 0 for any that is free
     *  @param tls folder with {@code ca.pem}, {@code core.pem} and {@code core.key}; empty to talk in clear */
    public record Address(String host, int port, Optional<Path> tls) {
        public Address {
            if (tls.isEmpty() && !host.equals("127.0.0.1") && !host.equals("localhost")) {
                throw new IllegalArgumentException("in clear only on 127.0.0.1, not on " + host);
            }
        }
    }

    /** Where what comes in is handed in. */
    public record Desks(BatchDesk taps, TerminalDesk payments, DownloadDesk downloads) {}

    /** Makes a server that does not listen yet.
     *
     *  @param ready asked, on a worker thread, whether taps can be posted */
    public static TerminalServer of(Vertx vertx, Address address, Desks desks, Callable<Boolean> ready, Clock clock) {
        return new TerminalServer(vertx, setting(desks.taps(), ReceiveLimits.STANDARD, clock), desks, address, ready);
    }

    /** Makes a server with limits of its own, always ready. */
    static TerminalServer of(Vertx vertx, Address address, Desks desks, ReceiveLimits limits, Clock clock) {
        return new TerminalServer(vertx, setting(desks.taps(), limits, clock), desks, address, () -> true);
    }

    private static SubmitStream.Setting setting(BatchDesk desk, ReceiveLimits limits, Clock clock) {
        return new SubmitStream.Setting(desk, limits, clock, new Backlog(limits));
    }

    /** Begins to listen.
     *
     *  @return the port */
    public Future<Integer> listen() {
        return server.listen().map(HttpServer::actualPort);
    }

    /** Takes no more batches and calls, answers those in flight and ends all calls; {@link #openStreams()} falls to 0. */
    public void drain() {
        calls.drain();
        streams.forEach(SubmitStream::drain);
    }

    /** Streams of taps, and calls that are none. */
    public int openStreams() {
        return streams.size() + calls.count();
    }

    public int openConnections() {
        return connections.size();
    }

    /** Stops listening. */
    public Future<Void> close() {
        return server.close();
    }

    /** The service by hand instead of the generated one, which does not tell who calls. */
    private final class Submit implements Service {
        @Override
        public ServiceName name() {
            return TerminalServiceGrpcService.SERVICE_NAME;
        }

        @Override
        public Descriptors.ServiceDescriptor descriptor() {
            return TerminalServiceGrpcService.SERVICE_DESCRIPTOR;
        }

        @Override
        public void bind(GrpcServer grpc) {
            grpc.callHandler(TerminalServiceGrpcService.Submit, TerminalServer.this::submit);
        }
    }

    private void submit(GrpcServerRequest<TapBatch, BatchAck> call) {
        Optional<String> gateway = callers.find(call);
        if (gateway.isEmpty()) {
            LOG.warn("a caller without a name was turned away");
            call.response().status(GrpcStatus.UNAUTHENTICATED).statusMessage("who calls?").end();
            return;
        }
        HttpServerRequest http = Objects.requireNonNull(incoming, "a call comes with its request");
        SubmitStream stream = new SubmitStream(new SubmitStream.Incoming(call, http, gateway.get(), vertx.getOrCreateContext()), setting,
                streams::remove);
        streams.add(stream);
        stream.start();
    }

    private void connected(HttpConnection connection) {
        if (connections.size() >= setting.limits().connections()) {
            LOG.warn("there are {} connections; one more is closed", connections.size());
            connection.goAway(TOO_MANY, 0, Buffer.buffer("at most " + setting.limits().connections() + " connections"));
            connection.close();
            return;
        }
        connections.add(connection);
        connection.closeHandler(closed -> connections.remove(connection));
    }

    /** Hands a request to gRPC, which passes the call on before it returns but does not say what request carries it. */
    private void requested(HttpServerRequest request) {
        incoming = request;
        grpc.handle(request);
        incoming = null;
    }

    private static HttpServerOptions options(Address address, ReceiveLimits limits) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(address.host()).setPort(address.port()).setIdleTimeout(IDLE_SECONDS)
                .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
                .setHttp2ConnectionWindowSize(limits.callsOfGateway() * limits.windowBytes())
                .setInitialSettings(new Http2Settings().setInitialWindowSize(limits.windowBytes()).setMaxConcurrentStreams(STREAMS_PER_CONNECTION));
        address.tls().ifPresent(folder -> {
            options.setSsl(true).setUseAlpn(true).setClientAuth(ClientAuth.REQUIRED)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .addKeyPath(folder.resolve("core.key").toString()).addCertPath(folder.resolve("core.pem").toString()))
                    .setTrustOptions(new PemTrustOptions().addCertPath(folder.resolve("ca.pem").toString()));
            if (OpenSSLEngineOptions.isAvailable()) {
                options.setSslEngineOptions(new OpenSSLEngineOptions());      // a sixth of the JDK's CPU time a handshake
            }
        });
        return options;
    }
}
