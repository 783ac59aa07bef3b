package cn.onecard.engine.rail.utility;

import cn.onecard.engine.key.SigningKey;
import cn.onecard.engine.key.SigningKeyFile;
import cn.onecard.engine.key.TrustFile;
import cn.onecard.engine.key.Sm3;
import cn.onecard.engine.rail.bill.BillJson;
import cn.onecard.engine.rail.bill.Envelope;
import cn.onecard.engine.rail.bill.MalformedFile;
import cn.onecard.vocabulary.Money;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;

/** A biller that speaks JSON over HTTPS. Every request is signed, and only an answer that is signed for the very request counts. */
final class HttpsBiller implements Biller {
    private static final int MAX_BYTES = 16 * 1024 * 1024;
    private static final int OK = 200;

    private final BillerDescriptor descriptor;
    private final Link.Https link;
    private final SigningKey key;
    private final SigningKey.Check billerKey;
    private final HttpClient client;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    HttpsBiller(BillerDescriptor descriptor, Link.Https link, Path folder, Clock clock) throws IOException {
        this.descriptor = descriptor;
        this.link = link;
        this.clock = clock;
        this.key = SigningKeyFile.open(folder.resolve(link.own().file()), link.own().scheme(), random);
        this.billerKey = SigningKey.Check.of(link.own().scheme(), link.billerKey());
        this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(descriptor.patience().connect())
                .sslContext(TrustFile.read(folder.resolve(link.trust()))).build();
    }

    @Override
    public BillerDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public QueryAnswer query(BillQuery query) {
        return ask("/v1/query", new BillJson.Query(query.account(), query.inputs()), BillJson.Bills.class).bills(this::bills);
    }

    @Override
    public BillerAnswer pay(BillPayment payment) {
        return outcome("/v1/pay", payment, new BillJson.Pay(payment.orderNo(), payment.account(), payment.billRef(), payment.amount().fen(), payment.echo()));
    }

    @Override
    public BillerAnswer status(BillPayment payment) {
        return outcome("/v1/status", payment, new BillJson.Order(payment.orderNo()));
    }

    @Override
    public BillerAnswer cancel(BillPayment payment) {
        return outcome("/v1/cancel", payment, new BillJson.Order(payment.orderNo()));
    }

    @Override
    public StatementAnswer statement(LocalDate day) {
        return ask("/v1/statement", new BillJson.Day(day.toString()), BillJson.Statement.class).statement(day, body -> {
            if (!descriptor.codes().done().contains(body.code())) {
                return new StatementAnswer.Missing("the biller says " + body.code());
            }
            return body.date().equals(day.toString()) && Arrays.equals(body.sm3(), Sm3.digest(body.file()))
                    ? new StatementAnswer.Statement(descriptor.statementLayout().read(body.file()))
                    : new StatementAnswer.Missing("of another day, or not what its SM3 says");
        });
    }

    @Override
    public StatementAnswer submit(LocalDate day, byte[] file) {
        return ask("/v1/submit", new BillJson.Statement(day.toString(), "", file, Sm3.digest(file)), BillJson.Receipt.class).statement(day,
                body -> body.date().equals(day.toString()) && descriptor.codes().done().contains(body.code())
                        ? new StatementAnswer.Statement(descriptor.statementLayout().read(file))
                        : new StatementAnswer.Missing("the biller says " + body.code()));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private BillerAnswer outcome(String path, BillPayment payment, Object body) {
        return ask(path, body, BillJson.Outcome.class).outcome(said -> descriptor.codes().judge(payment,
                new CodeTable.Report(said.orderNo(), said.code(), said.billerRef(), Money.ofFen(said.amountFen()), said.fulfilment())));
    }

    private QueryAnswer bills(BillJson.Bills said) {
        if (!descriptor.codes().done().contains(said.code())) {
            return new QueryAnswer.Refused(said.code());
        }
        List<Bill> bills = said.bills().stream().map(bill -> new Bill(bill.billRef(), bill.period(), Money.ofFen(bill.amountFen()),
                Money.ofFen(bill.lateFeeFen()), LocalDate.parse(bill.dueDate()), new Bill.Quote(Instant.parse(bill.quoteExpiresAt()), bill.echo())))
                .sorted(Comparator.comparing(Bill::due)).toList();
        return new QueryAnswer.Bills(new QueryAnswer.Customer(said.name(), said.address()), bills);
    }

    private <T> Reply<T> ask(String path, Object body, Class<T> type) {
        byte[] bytes = BillJson.write(body);
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        Envelope.Stamp stamp = new Envelope.Stamp(clock.instant().truncatedTo(ChronoUnit.MILLIS).toString(), HexFormat.of().formatHex(nonce));
        HttpRequest request = HttpRequest.newBuilder(URI.create(link.url() + path)).timeout(descriptor.patience().answer())
                .header("Content-Type", "application/json").header(Envelope.KEY, link.own().name()).header(Envelope.TIME, stamp.time())
                .header(Envelope.NONCE, stamp.nonce()).header(Envelope.SIGNATURE, Envelope.signRequest(key, path, stamp, bytes))
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)).build();
        try {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MAX_BYTES));
            Envelope.Signed signed = new Envelope.Signed(response.body(), response.headers().firstValue(Envelope.SIGNATURE).orElse(""));
            if (response.statusCode() != OK || !Envelope.isAnswerOf(billerKey, response.statusCode(), path, stamp.nonce(), signed)) {
                return new Reply.Unclear<>("status " + response.statusCode() + ", or not signed by the biller for this request");
            }
            return new Reply.Answer<>(BillJson.read(response.body(), type));
        } catch (MalformedFile e) {
            return new Reply.Unclear<>("the answer is " + e.getMessage());
        } catch (ConnectException | HttpConnectTimeoutException | SSLHandshakeException e) {
            return new Reply.Unsent<>("the biller was not reached: " + e);
        } catch (IOException e) {
            return new Reply.Unclear<>("no answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Unclear<>("interrupted");
        }
    }
}
