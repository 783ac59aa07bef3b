package cn.onecard.engine.partner.medical;

import cn.onecard.engine.partner.PartnerFault;
import cn.onecard.engine.rail.nhsa.Answer;
import cn.onecard.engine.rail.nhsa.Fields;
import cn.onecard.engine.rail.nhsa.LinkSignature;
import cn.onecard.engine.rail.nhsa.MalformedJson;
import cn.onecard.engine.rail.nhsa.Request;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The insurance on a port of 127.0.0.1, which does wrong as it is told, message by message. */
public final class PlatformServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlatformServer.class);
    private static final String PATH = "/fsi/api";
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final byte[] GARBAGE = "<html>busy</html>".getBytes(StandardCharsets.US_ASCII);

    private final InsurancePlatform platform;
    private final Optional<LinkSignature> signature;
    private final Function<Request, PartnerFault> plan;
    private final Duration late;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch told = new CountDownLatch(1);
    /** What was answered last, to whomever. Guarded by this. */
    private Sent last = new Sent(GARBAGE, Optional.empty());

    /** What goes back: a body and its signature. */
    private static final class Sent {
        private final byte[] body;
        private final Optional<String> signature;

        private Sent(byte[] body, Optional<String> signature) {
            this.body = body;
            this.signature = signature;
        }
    }

    /** What is answered, and how wrongly.
     *
     *  @param plan what to do wrong with a message
     *  @param late how late a slow answer is */
    public record Manners(Function<Request, PartnerFault> plan, Duration late) {
        /** Whatever a plan says next, whichever message it is. */
        public static Manners of(Supplier<PartnerFault> plan, Duration late) {
            return new Manners(message -> plan.get(), late);
        }
    }

    /** Starts listening.
     *
     *  @param port 0: any free one */
    public PlatformServer(InsurancePlatform platform, Optional<LinkSignature> signature, Manners manners, int port) throws IOException {
        this.platform = platform;
        this.signature = signature;
        this.plan = manners.plan();
        this.late = manners.late();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext(PATH, this::serve);
        server.start();
    }

    /** Where messages are posted. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] message = exchange.getRequestBody().readNBytes(Fields.MOST_BYTES + 1);
            Request request = Request.decode(message);
            Optional<String> signed = Optional.ofNullable(exchange.getRequestHeaders().getFirst(LinkSignature.HEADER));
            if (signature.filter(link -> !link.verify(request.id(), message, signed)).isPresent()) {
                throw new MalformedJson("it is not signed by the institution");
            }
            act(request, exchange);
        } catch (MalformedJson e) {
            LOG.warn("what came is no message: {}", e.getMessage());
            exchange.sendResponseHeaders(BAD_REQUEST, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void act(Request request, HttpExchange exchange) throws IOException, InterruptedException {
        PartnerFault fault = plan.apply(request);
        if (fault == PartnerFault.DROP_BEFORE) {
            return;
        }
        byte[] body = platform.answer(request);
        Sent right = new Sent(body, signature.map(link -> link.sign(request.id(), body)));
        Sent others = exchangeLast(right);
        if (fault == PartnerFault.SLOW && told.await(late.toMillis(), TimeUnit.MILLISECONDS)) {
            return;
        }
        Optional<Sent> sent = switch (fault) {
            case NONE, SLOW, FORGET_KEYS -> Optional.of(right);
            case DROP_BEFORE, DROP_AFTER -> Optional.empty();
            case GARBAGE -> Optional.of(new Sent(GARBAGE, right.signature));
            case TWICE -> Optional.of(new Sent(twice(body), signature.map(link -> link.sign(request.id(), twice(body)))));
            case OTHERS -> Optional.of(others);
            case WRONG_MAC -> Optional.of(signature.isEmpty() ? right : new Sent(Answer.refused(InsurancePlatform.REFUSAL, "forged"), right.signature));
        };
        if (sent.isPresent()) {
            send(exchange, sent.get());
        }
    }

    private synchronized Sent exchangeLast(Sent next) {
        Sent before = last;
        last = next;
        return before;
    }

    private static void send(HttpExchange exchange, Sent sent) throws IOException {
        sent.signature.ifPresent(text -> exchange.getResponseHeaders().set(LinkSignature.HEADER, text));
        exchange.getResponseHeaders().set("Content-Type", "application/json;charset=UTF-8");
        exchange.sendResponseHeaders(OK, sent.body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(sent.body);
        }
    }

    private static byte[] twice(byte[] body) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(body);
        both.writeBytes(body);
        return both.toByteArray();
    }

    @Override
    public void close() {
        told.countDown();
        server.stop(0);
        threads.close();
    }
}
