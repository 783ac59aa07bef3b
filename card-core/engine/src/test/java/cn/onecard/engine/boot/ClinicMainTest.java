package cn.onecard.engine.boot;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.flow.PaymentCorridor;
import cn.onecard.engine.order.Accounts;
import cn.onecard.engine.order.Asking;
import cn.onecard.engine.order.PaymentLimits;
import cn.onecard.engine.order.Payments;
import cn.onecard.engine.partner.PartnerFault;
import cn.onecard.engine.partner.medical.InsurancePlatform;
import cn.onecard.engine.partner.medical.PlatformServer;
import cn.onecard.engine.post.Calendar;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.vocabulary.Money;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The counter of a clinic, against an insurance on a port. */
class ClinicMainTest {
    private static final String DATA = "target/test-database";
    private static final String CARD = Asking.wallet(1).cardNo().digits();
    private static final String IDENTITY = "310101190001000001";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final InsurancePlatform platform = new InsurancePlatform();
    private final PlatformServer server = start(platform);

    private static PlatformServer start(InsurancePlatform platform) {
        try {
            return new PlatformServer(platform, Optional.empty(), PlatformServer.Manners.of(() -> PartnerFault.NONE, Duration.ofSeconds(1)), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void begin() throws Exception {
        Assumptions.assumeTrue(Database.findExternalUrl().isEmpty() && System.getenv("ONECARD_TEST_DB_URL") == null, "the data directory holds the test's database");
        TestDatabase.wipe();
        platform.addPerson(IDENTITY, "P1", "王", Money.ofFen(1_000));
        try (HikariDataSource pool = TestDatabase.database(Account.ENGINE).pool("pay", 2)) {
            DSLContext dsl = Database.dsl(pool);
            new Calendar(dsl).openOrBegin(Asking.DAY, Asking.NOW);
            new Accounts(dsl).open(Asking.wallet(1), PaymentLimits.REGISTERED, Asking.DAY, Asking.NOW);
            Payments payments = Payments.open(new Payments.Settings("here", 1, PaymentLimits.STANDARD), pool, dsl, new SimpleMeterRegistry());
            PaymentCorridor corridor = PaymentCorridor.open(payments, new SimpleMeterRegistry());
            corridor.take(Asking.deposit("d", 1, 10_000)).get();
            corridor.close(Duration.ofSeconds(10));
        }
        assertThat(Main.run("keys", "--demo", "--data", DATA)).isZero();
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void visit_thenCancel_paysAndGivesBack() {
        assertThat(run("visit", CARD, "--identity", IDENTITY, "--diagnosis", "J06.900", "--fee", "XA1:09:8000", "--fee", "XB1:03:2000")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("PAID: paid", "FUND             70.00 yuan", "PERSONAL_ACCOUNT 10.00 yuan", "CASH             20.00 yuan")
                .doesNotContain(CARD, IDENTITY, "J06", "XA1");
        String id = out.toString().split(" ", -1)[2].replace(",", "");
        String today = LocalDate.now(Clock.system(ZoneId.of("Asia/Shanghai"))).toString();
        assertThat(run("statistic", today)).isZero();
        assertThat(out.toString()).contains("03 2000 fen, 1 lines", "09 8000 fen, 1 lines");
        assertThat(run("decide", today)).isZero();

        assertThat(run("cancel", id)).as(err.toString()).isZero();

        assertThat(out.toString()).contains("CANCELLED");
        assertThat(platform.settlements()).isEmpty();
        assertThat(run("cancel", "0".repeat(32))).isEqualTo(1);
        assertThat(run("cancel", "x")).isEqualTo(2);
        assertThat(run("resume")).isZero();
    }

    @Test
    void visit_nobodyInsured_isRefusedInOneLine() {
        assertThat(run("visit", CARD, "--identity", "9", "--fee", "XA1:09:8000")).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("onecard clinic: there is no settlement: INSURANCE_REFUSED, 1101: -1\n");
        assertThat(run("visit", CARD, "--identity", "9", "--fee", "XA1")).isEqualTo(2);
    }

    private int run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--insurance", server.address().toString(), "--data", DATA));
        CommandLine line = ClinicMain.line();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(all.toArray(String[]::new));
    }
}
