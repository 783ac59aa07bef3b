package cn.onecard.engine.partner.utility;

import cn.onecard.engine.key.SigningKey;
import cn.onecard.engine.key.Sm3;
import cn.onecard.engine.partner.Delivery;
import cn.onecard.engine.partner.Misbehaviour;
import cn.onecard.engine.partner.PartnerFault;
import cn.onecard.engine.rail.bill.BillJson;
import cn.onecard.engine.rail.bill.Envelope;
import cn.onecard.engine.rail.bill.MalformedFile;
import cn.onecard.vocabulary.Money;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A biller's book behind JSON over HTTPS on 127.0.0.1. A request that is not signed, or signed twice with one nonce, gets 401. */
public final class HttpsBillerServer implements AutoCloseable {
    private static final int MAX_BYTES = 4 * 1024 * 1024;
    private static final Duration QUOTE_LIFE = Duration.ofHours(1);

    private final BillerBook book;
    private final Keys keys;
    private final Supplier<PartnerFault> plan;
    private final Clock clock;
    private final Duration lateness;
    private final Misbehaviour misbehaviour = new Misbehaviour();
    private final Set<String> nonces = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpsServer server;

    /** By what the two know each other.
     *
     *  @param own signs the answers
     *  @param agent checks the requests
     *  @param tls folder with {@code core.pem} and {@code core.key} */
    public record Keys(SigningKey own, SigningKey.Check agent, Path tls) {}

    /** Begins to listen.
     *
     *  @param port 0: any free one */
    public HttpsBillerServer(BillerBook book, Keys keys, Conduct conduct, Clock clock, int port) throws IOException {
        this.book = book;
        this.keys = keys;
        this.plan = conduct.plan();
        this.lateness = conduct.lateness();
        this.clock = clock;
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(presenting(keys.tls().resolve("core.pem"), keys.tls().resolve("core.key"))));
        server.setExecutor(threads);
        server.createContext("/v1/", this::handle);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BYTES);
            Headers headers = exchange.getRequestHeaders();
            Envelope.Stamp stamp = new Envelope.Stamp(first(headers, Envelope.TIME), first(headers, Envelope.NONCE));
            if (!Envelope.isRequestOf(keys.agent(), path, stamp, body, first(headers, Envelope.SIGNATURE)) || !nonces.add(stamp.nonce())) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            Delivery delivery = misbehaviour.deliver(plan.get(), () -> signed(path, stamp, answer(path, body)), HttpsBillerServer::withWrongSignature);
            if (delivery.answers().isEmpty() || (delivery.late() && closed.await(lateness.toMillis(), TimeUnit.MILLISECONDS))) {
                return;     // closes the connection without a word
            }
            send(exchange, delivery.answers().getFirst());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An answer and its signature in one: {@code signature \n body}. */
    private byte[] signed(String path, Envelope.Stamp stamp, byte[] body) {
        byte[] head = (Envelope.signAnswer(keys.own(), 200, path, stamp.nonce(), body) + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] whole = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }

    private static byte[] withWrongSignature(byte[] answer) {
        byte[] wrong = answer.clone();
        wrong[0] = (byte) (wrong[0] == 'A' ? 'B' : 'A');
        return wrong;
    }

    private static void send(HttpExchange exchange, byte[] answer) throws IOException {
        int end = new String(answer, StandardCharsets.ISO_8859_1).indexOf('\n');
        if (end > 0) {
            exchange.getResponseHeaders().set(Envelope.SIGNATURE, new String(answer, 0, end, StandardCharsets.US_ASCII));
        }
        byte[] body = Arrays.copyOfRange(answer, end + 1, answer.length);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private byte[] answer(String path, byte[] body) {
        try {
            return BillJson.write(switch (path) {
                case "/v1/query" -> query(BillJson.read(body, BillJson.Query.class));
                case "/v1/pay" -> {
                    BillJson.Pay pay = BillJson.read(body, BillJson.Pay.class);
                    yield outcome(pay.orderNo(), book.pay(pay.orderNo(), pay.account(), pay.billRef(), Money.ofFen(pay.amountFen()), pay.echo()));
                }
                case "/v1/status" -> {
                    String order = BillJson.read(body, BillJson.Order.class).orderNo();
                    yield outcome(order, book.status(order));
                }
                case "/v1/cancel" -> {
                    String order = BillJson.read(body, BillJson.Order.class).orderNo();
                    yield outcome(order, book.cancel(order));
                }
                case "/v1/statement" -> {
                    String day = BillJson.read(body, BillJson.Day.class).date();
                    byte[] file = book.statement(LocalDate.parse(day));
                    yield new BillJson.Statement(day, "OK", file, Sm3.digest(file));
                }
                case "/v1/submit" -> {
                    BillJson.Statement said = BillJson.read(body, BillJson.Statement.class);
                    boolean whole = Arrays.equals(said.sm3(), Sm3.digest(said.file()));
                    yield new BillJson.Receipt(said.date(), whole && book.submit(said.date(), said.file()) ? "OK" : "REFUSED");
                }
                default -> new BillJson.Receipt("", "FORMAT");
            });
        } catch (MalformedFile e) {
            return BillJson.write(new BillJson.Receipt("", "FORMAT"));
        }
    }

    private BillJson.Bills query(BillJson.Query query) {
        String name = book.findName(query.account()).orElse("");
        List<BillJson.Bill> bills = book.listOpen(query.account()).stream().map(bill -> new BillJson.Bill(bill.receivable(), bill.period(), bill.amount().fen(),
                bill.lateFee().fen(), bill.due().toString(), clock.instant().plus(QUOTE_LIFE).toString(), BillerBook.echo(query.account(), bill.receivable()))).toList();
        return new BillJson.Bills(name.isEmpty() ? "NO_ACCOUNT" : "OK", name, BillerBook.ADDRESS, bills);
    }

    private static BillJson.Outcome outcome(String order, BillerBook.Said said) {
        return new BillJson.Outcome(order, said.verdict().code(), said.reference(), said.amount().fen(), new byte[0]);
    }

    private static String first(Headers headers, String name) {
        String value = headers.getFirst(name);
        return value == null ? "" : value;
    }

    private static SSLContext presenting(Path certificateFile, Path keyFile) throws IOException {
        try (InputStream in = Files.newInputStream(certificateFile)) {
            Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
            String pem = Files.readString(keyFile).replaceAll("-----[A-Z ]+-----", "");
            PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setKeyEntry("biller", key, new char[0], new Certificate[] {certificate});
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(certificateFile + " and " + keyFile + " are no certificate and key", e);
        }
    }
}
