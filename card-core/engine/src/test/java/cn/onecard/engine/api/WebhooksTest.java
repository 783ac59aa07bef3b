package cn.onecard.engine.api;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.flow.PaymentCorridor;
import cn.onecard.engine.key.CertificateAuthority;
import cn.onecard.engine.order.Accounts;
import cn.onecard.engine.order.Asking;
import cn.onecard.engine.order.PaymentLimits;
import cn.onecard.engine.order.Payments;
import cn.onecard.engine.post.Calendar;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.vocabulary.PartyId;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Webhooks, and receivers that do what receivers do. Time passes when the test says so. */
class WebhooksTest {
    private static final String CALLER = Asking.SHOP;
    private static final Duration PATIENCE = Duration.ofMillis(500);

    @TempDir
    private Path folder;
    private HikariDataSource pool;
    private DSLContext dsl;
    private WebhookKey key;
    private Instant now = Asking.NOW;       // written by the tests

    @BeforeEach
    void begin() throws Exception {
        TestDatabase.wipe();
        pool = TestDatabase.database(Account.ENGINE).pool("webhooks", 6);
        dsl = Database.dsl(pool);
        CertificateAuthority.open(folder, Clock.systemUTC().instant()).issueCore();
        key = WebhookKey.read(folder.resolve("core.key"));
        new Calendar(dsl).openOrBegin(Asking.DAY, Asking.NOW);
        new Accounts(dsl).open(Asking.wallet(1), PaymentLimits.REGISTERED, Asking.DAY, Asking.NOW);
    }

    @AfterEach
    void end() {
        pool.close();
    }

    /** Three orders of the caller, numbered. */
    private void pay(Receiver receiver) throws Exception {
        PublicKeyBytes none = new PublicKeyBytes("00".repeat(32));
        new CallerTable(dsl).add(new Caller(CALLER, new PartyId(7), none, Set.of(Scope.PAYMENTS_READ), 10, Optional.of(receiver.address())), Asking.NOW);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        PaymentCorridor corridor = PaymentCorridor.open(Payments.open(new Payments.Settings("here", 1, PaymentLimits.STANDARD), pool, dsl, registry), registry);
        corridor.take(Asking.deposit("d", 1, 1_000)).get();
        corridor.take(Asking.pay("p1", 1, 300)).get();
        corridor.take(Asking.pay("p2", 1, 200)).get();
        corridor.close(Duration.ofSeconds(10));
        assertThat(new EventTable(dsl).number(Asking.NOW.minusSeconds(1))).isGreaterThanOrEqualTo(3);
    }

    private Webhooks node() {
        return new Webhooks(new WebhookTable(dsl), new EventTable(dsl), key, Clock.fixed(now, ZoneOffset.UTC), PATIENCE);
    }

    private static void round(Webhooks... nodes) throws InterruptedException {
        for (Webhooks node : nodes) {
            for (Thread turn : node.beginTurns()) {
                turn.join();
            }
        }
    }

    private static List<Long> numbers(Receiver receiver) {
        return receiver.accepted().stream().map(told -> new JsonObject(told.body()).getLong("eventNo")).toList();
    }

    @Test
    void round_receiverAccepts_isToldEverythingOnceInOrder() throws Exception {
        try (Receiver receiver = new Receiver()) {
            pay(receiver);
            round(node(), node());
            assertThat(numbers(receiver)).hasSizeGreaterThanOrEqualTo(3).isSorted().doesNotHaveDuplicates().startsWith(1L);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Receiver.Behaviour.class, mode = EnumSource.Mode.EXCLUDE, names = "ACCEPT")
    void round_receiverMisbehaves_isToldAgainLaterAndInOrder(Receiver.Behaviour bad) throws Exception {
        try (Receiver receiver = new Receiver(Receiver.Behaviour.ACCEPT, bad, bad)) {
            pay(receiver);
            round(node());
            assertThat(numbers(receiver)).containsExactly(1L);
            round(node());
            assertThat(numbers(receiver)).as("left alone for a while").containsExactly(1L);
            now = now.plusSeconds(10);
            round(node());
            assertThat(numbers(receiver)).as("it misbehaved again").containsExactly(1L);
            now = now.plusSeconds(10);
            round(node());
            assertThat(numbers(receiver)).hasSizeGreaterThanOrEqualTo(3).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void tell_byReceiver_isSignedByTheCoresCertificate() throws Exception {
        try (Receiver receiver = new Receiver(); InputStream pem = Files.newInputStream(folder.resolve("core.pem"))) {
            pay(receiver);
            round(node());
            Receiver.Told told = receiver.accepted().getFirst();
            String parameters = told.headers().getOrDefault("signature-input", "").substring("sig1=".length());
            String base = "\"@method\": POST\n\"@path\": /told\n\"@query\": ?shop=7\n\"content-digest\": "
                    + Envelope.digest(told.body().getBytes(StandardCharsets.ISO_8859_1)) + "\n\"@signature-params\": " + parameters;
            Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
            check.initVerify(CertificateFactory.getInstance("X.509").generateCertificate(pem));
            check.update(base.getBytes(StandardCharsets.UTF_8));
            String signature = told.headers().getOrDefault("signature", "");
            assertThat(check.verify(Base64.getDecoder().decode(signature.substring("sig1=:".length(), signature.length() - 1)))).isTrue();
        }
    }

    @Test
    void take_anotherNodeHasTheTurn_waitsUntilItIsOver() throws Exception {
        try (Receiver receiver = new Receiver()) {
            pay(receiver);
            WebhookTable table = new WebhookTable(dsl);
            assertThat(table.take(CALLER, now, now.plusSeconds(30))).isPresent();
            round(node());
            assertThat(receiver.accepted()).isEmpty();
            now = now.plusSeconds(30);
            round(node());
            assertThat(receiver.accepted()).isNotEmpty();
        }
    }

    @Test
    void rest_afterManyFailures_isBounded() {
        assertThat(Webhooks.rest(0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(Webhooks.rest(3)).isEqualTo(Duration.ofSeconds(8));
        assertThat(Webhooks.rest(60)).isEqualTo(Duration.ofMinutes(5));
    }
}
