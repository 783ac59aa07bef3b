package cn.onecard.engine.boot;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.flow.PaymentCorridor;
import cn.onecard.engine.order.Accounts;
import cn.onecard.engine.order.Asking;
import cn.onecard.engine.order.PaymentLimits;
import cn.onecard.engine.order.PaymentRequest.Goal;
import cn.onecard.engine.order.PaymentRequest.Opening;
import cn.onecard.engine.order.Payments;
import cn.onecard.engine.post.Calendar;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.TestDatabase;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What a person is told about accounts and orders. */
class PayMainTest {
    private static final String DATA = "target/test-database";
    private static final String CARD = Asking.wallet(1).cardNo().digits();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void begin() throws Exception {
        Assumptions.assumeTrue(Database.findExternalUrl().isEmpty() && System.getenv("ONECARD_TEST_DB_URL") == null, "the data directory holds the test's database");
        TestDatabase.wipe();
        try (HikariDataSource pool = TestDatabase.database(Account.ENGINE).pool("pay", 2)) {
            DSLContext dsl = Database.dsl(pool);
            new Calendar(dsl).openOrBegin(Asking.DAY, Asking.NOW);
            new Accounts(dsl).open(Asking.wallet(1), PaymentLimits.REGISTERED, Asking.DAY, Asking.NOW);
            Payments payments = Payments.open(new Payments.Settings("here", 1, PaymentLimits.STANDARD), pool, dsl, new SimpleMeterRegistry());
            PaymentCorridor corridor = PaymentCorridor.open(payments, new SimpleMeterRegistry());
            corridor.take(Asking.deposit("d", 1, 1_000)).get();
            Opening payment = Asking.pay("p", 1, 300);
            corridor.take(Opening.of(payment.call(), payment.terms(), Goal.HOLD, Asking.LIFETIME, Asking.NOW.plusSeconds(1))).get();
            corridor.close(Duration.ofSeconds(10));
        }
    }

    @Test
    void account_nowAndBefore_saysHowItStands() {
        assertThat(run("account", CARD, "--data", DATA)).isZero();
        assertThat(out.toString()).isEqualTo("balance 10.00 yuan, held 3.00, available 7.00, after 2 entries\n");
        assertThat(run("account", CARD, "--at", Asking.NOW.toString(), "--data", DATA)).isZero();
        assertThat(out.toString()).endsWith("balance 10.00 yuan, held 0.00, available 10.00, after 1 entries\n");
        assertThat(run("account", CARD, "--kind", "MEDICAL", "--data", DATA)).isEqualTo(1);
        assertThat(err.toString()).contains("has no such account").doesNotContain(CARD);
        assertThat(run("account", "12", "--data", DATA)).isEqualTo(2);
    }

    @Test
    void statement_ofAWallet_listsItsEntries() {
        assertThat(run("statement", CARD, "--data", DATA)).isZero();
        assertThat(out.toString().lines()).hasSize(3);
        assertThat(out.toString()).contains("1,2026-11-25,2026-11-25T04:00:00.123Z,", ",10.00,0.00,10.00,0.00\n", ",0.00,3.00,10.00,3.00\n");
    }

    @Test
    void open_oneHold_saysUntilWhenAndWhoseItIs() {
        assertThat(run("open", "--data", DATA)).isZero();
        assertThat(out.toString()).contains("PAYMENT HELD until 2026-11-25T04:10:01.123Z", "3.00 yuan held of 3.00", "by shop-7", "1 open").doesNotContain(CARD);
    }

    @Test
    void check_accountWasTamperedWith_saysSoAndFails() throws Exception {
        assertThat(run("check", "--data", DATA)).isZero();
        assertThat(out.toString()).isEqualTo("1 accounts, 2 entries: they balance\n");
        try (Connection owner = TestDatabase.database(Account.OWNER).connect(); Statement statement = owner.createStatement()) {
            statement.executeUpdate("UPDATE ledger.pay_account SET balance_fen = balance_fen + 1");
        }
        assertThat(run("check", "--data", DATA)).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("onecard pay: an account is not the sum of its entries, 1 times\n");
    }

    @Test
    void categories_codesOfAShop_areUnknownUntilATableIsTaken() throws Exception {
        PartnerMain.run("register", "--sales", "20", "--wrong-sums", "0", "--data", DATA);
        assertThat(run("categories", "--data", DATA)).isZero();
        assertThat(out.toString()).contains("unknown: COICOP-2018 ", "0 of ");
        Path table = Files.writeString(Path.of("target/coicop.csv"), "category_code,group_code,coicop_code,partial\n01.1.1,1,01.1.1,0\n");
        assertThat(run("categories", "--take", table.toString(), "--data", DATA)).as("whose codes").isEqualTo(2);
        assertThat(run("categories", "--take", table.toString(), "--system", "COICOP-2018", "--data", DATA)).isZero();
        assertThat(out.toString()).contains("COICOP-2018 version 1 of ");
        assertThat(out.toString().lines().toList().getLast()).doesNotStartWith("0 of ").contains(" lines have a category that is known, ");
        Files.writeString(table, "category_code,group_code,coicop_code,partial\n01.1.1,9,01.1.1,0\n");
        assertThat(run("categories", "--take", table.toString(), "--system", "COICOP-2018", "--number", "2", "--data", DATA)).isEqualTo(1);
        assertThat(err.toString()).endsWith("coicop.csv: line 2: no group of consumption has code 9\n");
    }

    private int run(String... args) {
        CommandLine line = PayMain.line();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(args);
    }
}
