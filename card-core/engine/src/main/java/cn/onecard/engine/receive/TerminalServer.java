package cn.onecard.engine.receive;

import cn.onecard.wire.proto.TapBatch;
import cn.onecard.wire.proto.BatchAck;
import cn.onecard.wire.proto.TerminalServiceGrpcService;
import com.google.protobuf.Descriptors;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.health.HealthService;
import io.vertx.grpc.reflection.ReflectionService;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.Service;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The terminals' door: gRPC over mutual TLS, with health and reflection. A caller is known by the common name of its
 *  certificate; in clear, on the loopback interface alone, by the metadata {@code x-gateway}. */
public final class TerminalServer {
    private static final Logger LOG = LoggerFactory.getLogger(TerminalServer.class);
    /** HTTP/2 window of a stream; the connection has four times that, or one paused stream would stop all others. */
    private static final int WINDOW_BYTES = 1 << 20;
    private static final int STREAMS_PER_CONNECTION = 100;
    private static final int IDLE_SECONDS = 300;
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)\\s*CN=([^,]+)");

    private final Vertx vertx;
    private final SubmitStream.Setting setting;
    private final Optional<Path> tls;
    private final Set<SubmitStream> streams = ConcurrentHashMap.newKeySet();
    private final HttpServer server;

    private TerminalServer(Vertx vertx, SubmitStream.Setting setting, Address address, Callable<Boolean> ready) {
        this.vertx = vertx;
        this.setting = setting;
        this.tls = address.tls();
        GrpcServer grpc = GrpcServer.server(vertx, new GrpcServerOptions().setMaxMessageSize(setting.limits().messageBytes()));
        HealthService health = HealthService.create(vertx);
        for (String name : new String[] {"", TerminalServiceGrpcService.SERVICE_NAME.fullyQualifiedName()}) {
            health.register(name, () -> vertx.executeBlocking(ready, false));
        }
        grpc.addService(health).addService(ReflectionService.v1()).addService(new Submit());
        server = vertx.createHttpServer(options(address)).requestHandler(grpc);
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

    /** Makes a server that does not listen yet.
     *
     *  @param ready asked, on a worker thread, whether taps can be posted */
    public static TerminalServer of(Vertx vertx, Address address, BatchDesk desk, Callable<Boolean> ready, Clock clock) {
        return new TerminalServer(vertx, new SubmitStream.Setting(desk, ReceiveLimits.STANDARD, clock), address, ready);
    }

    /** Begins to listen.
     *
     *  @return the port */
    public Future<Integer> listen() {
        return server.listen().map(HttpServer::actualPort);
    }

    /** Takes no more batches, acknowledges those in flight and ends all streams; {@link #openStreams()} falls to 0. */
    public void drain() {
        streams.forEach(SubmitStream::drain);
    }

    public int openStreams() {
        return streams.size();
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
        Optional<String> gateway = findCaller(call);
        if (gateway.isEmpty()) {
            LOG.warn("a caller without a name was turned away");
            call.response().status(GrpcStatus.UNAUTHENTICATED).statusMessage("who calls?").end();
            return;
        }
        SubmitStream[] self = new SubmitStream[1];
        SubmitStream stream = new SubmitStream(call, gateway.get(), setting, vertx.getOrCreateContext(), () -> streams.remove(self[0]));
        self[0] = stream;
        streams.add(stream);
        stream.start();
    }

    private Optional<String> findCaller(GrpcServerRequest<TapBatch, BatchAck> call) {
        if (tls.isEmpty()) {
            return Optional.ofNullable(call.headers().get("x-gateway")).filter(name -> !name.isBlank());
        }
        SSLSession session = call.connection().sslSession();
        try {
            return session == null ? Optional.empty() : commonName(session.getPeerPrincipal());
        } catch (SSLPeerUnverifiedException noCertificate) {
            return Optional.empty();
        }
    }

    private static Optional<String> commonName(Principal principal) {
        Matcher name = COMMON_NAME.matcher(principal.getName());
        return name.find() ? Optional.of(name.group(1)) : Optional.empty();
    }

    private static HttpServerOptions options(Address address) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(address.host()).setPort(address.port()).setIdleTimeout(IDLE_SECONDS)
                .setHttp2ConnectionWindowSize(4 * WINDOW_BYTES)
                .setInitialSettings(new Http2Settings().setInitialWindowSize(WINDOW_BYTES).setMaxConcurrentStreams(STREAMS_PER_CONNECTION));
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
