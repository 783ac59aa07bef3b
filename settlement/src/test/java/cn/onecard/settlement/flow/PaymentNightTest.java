package cn.onecard.settlement.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.settlement.clear.FeeBook;
import cn.onecard.settlement.clear.FeeRule;
import cn.onecard.settlement.clear.FeeVersion;
import cn.onecard.settlement.clear.LedgerAccount;
import cn.onecard.settlement.day.Progress;
import cn.onecard.settlement.day.Service;
import cn.onecard.settlement.day.Services;
import cn.onecard.settlement.day.SettlementFailure;
import cn.onecard.settlement.net.NettedDay;
import cn.onecard.settlement.net.Position;
import cn.onecard.settlement.testing.TestLedger;
import cn.onecard.settlement.testing.TestPayments;
import cn.onecard.settlement.testing.TestPayments.Paid;
import cn.onecard.sql.Account;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.Money;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nights of days on which people paid on line, beside riding. */
class PaymentNightTest {
    private static final BusinessDate DAY = BusinessDate.parse("2026-11-24");
    private static final BusinessDate NEXT = DAY.next();
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T15:30:00.250Z"), ZoneOffset.UTC);
    private static final int CARDS = 10;

    @TempDir
    Path data;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void run_threeRandomDays_partiesGetWhatWasCapturedLessWhatWasGivenBack(long seed) {
        TestLedger ledger = TestLedger.open(DAY, CARDS);
        TestPayments payments = new TestPayments();
        Random random = new Random(seed);
        List<Paid> open = new ArrayList<>();
        BusinessDate date = DAY;
        for (int day = 0; day < 3; day++) {
            ledger.randomDay(date, CARDS, 60, seed + day);
            payments.randomDay(date, CARDS, 80, random, open);
            NettedDay netted = night().run(date).published().netted();
            assertThat(fen(ledger, "SELECT COALESCE(SUM(share_fen), 0) FROM clearing.cleared_payment WHERE business_date = ?", date))
                    .isEqualTo(fen(ledger, "SELECT COALESCE(SUM(CASE WHEN state_to = 3 THEN amount_fen ELSE -amount_fen END), 0) FROM ledger.order_step s"
                            + " WHERE s.business_date = ? AND (s.state_to IN (5, 6) OR (s.state_to = 3 AND EXISTS (SELECT 1 FROM ledger.account_entry e"
                            + " WHERE e.order_id = s.order_id AND e.step_no = s.step_no AND e.credit_account = 2101)))", date));
            assertThat(netted.positions().stream().map(Position::net).reduce(Money.ZERO, Money::plus)).isEqualTo(Money.ZERO);
            netted.payouts().forEach(payout -> assertThat(payout.carriedIn().plus(payout.net())).isEqualTo(payout.paid().plus(payout.carriedOut())));
            assertThat(night().verify(date).lines()).isEmpty();
            date = date.next();
        }
        assertThat(fen(ledger, "SELECT balance_fen FROM clearing.trial_balance WHERE account_no = 2011 AND business_date = ?", DAY.next().next()))
                .isEqualTo(fen(ledger, "SELECT SUM(amount_fen) FROM ledger.account_entry WHERE kind_code = 1 AND business_date >= ?", DAY));
        // Nothing twice and nothing never: over all days, everybody was shared what the ledger says that parties are owed.
        assertThat(fen(ledger, "SELECT SUM(share_fen) FROM (SELECT share_fen, business_date FROM clearing.cleared_payment UNION ALL"
                + " SELECT share_fen, business_date FROM clearing.cleared_share) s WHERE business_date >= ?", DAY))
                .isEqualTo(fen(ledger, "SELECT balance_fen FROM clearing.trial_balance WHERE account_no = 2101 AND business_date = ?", NEXT.next()));
    }

    @Test
    void run_refundADayLater_givesBackTheFeeOfTheDayOfTheCapture() {
        TestLedger.open(DAY, 1);
        FeeBook fees = new FeeBook(TestLedger.dsl(Account.SETTLEMENT));
        fees.store(List.of(TestLedger.fees(2, DAY.day(), 1_000), TestLedger.fees(3, NEXT.day(), 5_000)));
        TestPayments payments = new TestPayments();
        payments.deposit(DAY, TestLedger.card(0), 50_000);
        Paid paid = payments.pay(DAY, TestLedger.card(0), TestLedger.SHOP, 10_000, 10_000);
        payments.settleAccounts();
        assertThat(night().run(DAY).published().netted().positions()).containsExactly(new Position(Position.WALLETS, Money.ofFen(40_000)),
                new Position(Position.SUSPENSE, Money.ZERO), new Position(Position.PURSES, Money.ZERO), new Position(TestLedger.CARD_COMPANY, Money.ofFen(100)),
                new Position(TestLedger.SHOP_OWNER, Money.ofFen(9_900)), new Position(TestLedger.BANK, Money.ofFen(-50_000)));
        payments.refund(NEXT, paid, 10_000);
        payments.settleAccounts();
        NettedDay next = night().run(NEXT).published().netted();
        assertThat(next.positions()).contains(new Position(TestLedger.CARD_COMPANY, Money.ofFen(-100)), new Position(TestLedger.SHOP_OWNER, Money.ofFen(-9_900)));
        assertThat(next.cleared().trialBalance().account(LedgerAccount.OWED_TO_PARTIES).balanceFen()).isZero();
    }

    @Test
    void run_partyOwesSomething_isPaidLessOnItsNextDays() throws IOException {
        TestLedger.open(DAY, 1);
        TestPayments payments = new TestPayments();
        payments.deposit(DAY, TestLedger.card(0), 50_000);
        Paid paid = payments.pay(DAY, TestLedger.card(0), TestLedger.SHOP, 1_000, 1_000);
        payments.settleAccounts();
        assertThat(pain(DAY)).contains("<InstdAmt Ccy=\"CNY\">9.99</InstdAmt>");
        payments.refund(NEXT, paid, 1_000);
        payments.settleAccounts();
        night().run(NEXT);
        assertThat(folder(NEXT).resolve("pain001.xml")).doesNotExist();
        assertThat(Files.readString(folder(NEXT).resolve("statement-41.csv"))).endsWith("""
                2026-11-25,41,REFUNDED,SHOP,,,1,-1000,-10.00
                2026-11-25,41,GIVEN,SHOP,,21,,1,0.01
                2026-11-25,41,NET,,,,,-999,-9.99
                2026-11-25,41,CARRIED_IN,,,,,0,0.00
                2026-11-25,41,PAYOUT,,,,,0,0.00
                2026-11-25,41,CARRIED_OUT,,,,,-999,-9.99
                """);
        payments.pay(NEXT.next(), TestLedger.card(0), TestLedger.SHOP, 3_000, 3_000);
        payments.settleAccounts();
        assertThat(pain(NEXT.next())).contains("<InstdAmt Ccy=\"CNY\">19.99</InstdAmt>");
    }

    @Test
    void run_again_givesTheSameBytes() throws IOException {
        TestLedger ledger = TestLedger.open(DAY, CARDS);
        ledger.randomDay(DAY, CARDS, 40, 7);
        new TestPayments().randomDay(DAY, CARDS, 60, new Random(7), new ArrayList<>());
        night().run(DAY);
        Map<String, String> first = files();
        night().run(DAY);
        assertThat(files()).isEqualTo(first);
        assertThat(first.get("payments.csv")).contains("PAID,RETAIL,SHOP,41,1,").contains("PAID,MEDICAL,CLINIC,42,1,");
        assertThat(first.get("trial-balance.csv")).contains("2021,loads in flight");
        assertThat(String.join("", first.values())).doesNotContain(TestLedger.card(0).digits());
    }

    @Test
    void run_diesAnywhere_completesTheSameDayWhenRunAgain() throws IOException {
        TestLedger ledger = TestLedger.open(DAY, CARDS);
        ledger.randomDay(DAY, CARDS, 20, 9);
        new TestPayments().randomDay(DAY, CARDS, 40, new Random(9), new ArrayList<>());
        Crash never = new Crash(0);
        night(never).run(DAY);
        Map<String, String> whole = files();
        List<String> places = new ArrayList<>();
        for (int at = 1; at <= never.passed(); at++) {
            ledger.reopen(DAY);
            Crash crash = new Crash(at);
            assertThatThrownBy(() -> night(crash).run(DAY)).isInstanceOfSatisfying(Crash.Died.class, died -> places.add(died.getMessage()));
            night().run(DAY);
            assertThat(files()).as("after dying at %s", places.getLast()).isEqualTo(whole);
        }
        assertThat(places).anyMatch(place -> place.startsWith("SEALED accounts"));
    }

    @Test
    void run_domainThatIsNew_needsARowOfServicesAndAFeeRule() throws IOException {
        TestLedger ledger = TestLedger.open(DAY, 1);
        Service parking = new Service(51, "PARKING", "PARKING");
        TestPayments payments = new TestPayments();
        payments.deposit(DAY, TestLedger.card(0), 50_000);
        payments.pay(DAY, TestLedger.card(0), parking, 1_000, 1_000);
        payments.settleAccounts();
        assertThatThrownBy(() -> night().run(DAY)).isInstanceOf(SettlementFailure.class).hasMessageStartingWith("service 51 is not registered");
        Services.store(TestLedger.dsl(Account.SETTLEMENT), List.of(parking));
        try {
            FeeVersion rules = new FeeVersion(2, DAY.day(), List.of(new FeeRule(FeeRule.ANY_PARTY, parking, FeeRule.PARTY_ITSELF, 99_000),
                    new FeeRule(FeeRule.ANY_PARTY, parking, TestLedger.CARD_COMPANY, 1_000)));
            new FeeBook(TestLedger.dsl(Account.SETTLEMENT)).store(List.of(rules));
            assertThat(pain(DAY)).contains("<InstdAmt Ccy=\"CNY\">9.90</InstdAmt>");
        } finally {
            ledger.owner().query("DELETE FROM clearing.service WHERE service_code = 51").execute();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # what is done by hand, before the night                                                            | what is said
        UPDATE ledger.account_entry SET balance_after_fen = balance_after_fen + 1 WHERE entry_no = 2        | entry 2 of account 1 of card 310477**********0000 does not continue entry 1
        UPDATE ledger.account_entry SET amount_fen = 49999 WHERE entry_no = 1                               | entry 1 of account 1 of card 310477**********0000 does not continue the account's last day
        DELETE FROM ledger.order_step WHERE step_no = 2                                                     | entry 1 of account 1 of card 310477**********0000 belongs to no step of an order
        UPDATE ledger.pay_account SET balance_fen = balance_fen + 1                                         | account 2011 has 49000 fen, and the cardholders' accounts behind it 49001 fen
        """)
    void run_accountsDoNotAddUp_stopsAndSaysWhere(String statement, String said) {
        TestLedger ledger = onePayment();
        ledger.owner().query(statement).execute();
        assertThatThrownBy(() -> night().run(DAY)).isInstanceOf(SettlementFailure.class).hasMessageContaining(said);
        assertThat(folder(DAY)).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # what is done by hand, after the night                                                    | what is said
        UPDATE ledger.order_step SET reason = 'other' WHERE step_no = 2                            | account 1 of card 310477**********0000: the seal does not match
        UPDATE ledger.account_entry SET party_id = 42 WHERE entry_no = 3                           | party 42, service 10, took 1000 fen in 1 payments and refunds by the ledger; cleared was nothing
        UPDATE clearing.account_seal SET moved_fen = 1                                             | account 1 of card 310477**********0000: the seal does not match
        DELETE FROM clearing.account_seal                                                          | the seal knows none
        UPDATE clearing.payment_seal SET entry_count = 9                                           | in the books
        UPDATE clearing.cleared_payment SET share_fen = 7 WHERE beneficiary_id = 21                | share of party 21 in the takings of party 41, service 10, payments by fee version 1 is
        UPDATE clearing.trial_balance SET debit_fen = 1 WHERE account_no = 2011                    | account 2011 is
        UPDATE clearing.payout SET paid_fen = 1 WHERE party_id = 41                                | payout to party 41 is 999 fen
        """)
    void verify_booksChanged_saysWhere(String statement, String said) {
        TestLedger ledger = onePayment();
        night().run(DAY);
        assertThat(night().verify(DAY).lines()).isEmpty();
        ledger.owner().query(statement).execute();
        assertThat(night().verify(DAY).lines()).anyMatch(line -> line.contains(said));
    }

    private static TestLedger onePayment() {
        TestLedger ledger = TestLedger.open(DAY, 1);
        TestPayments payments = new TestPayments();
        payments.deposit(DAY, TestLedger.card(0), 50_000);
        payments.pay(DAY, TestLedger.card(0), TestLedger.SHOP, 1_000, 1_000);
        payments.settleAccounts();
        return ledger;
    }

    private static long fen(TestLedger ledger, String sql, BusinessDate date) {
        return ledger.owner().resultQuery(sql, date.day()).fetchSingle().get(0, Long.class);
    }

    private String pain(BusinessDate date) throws IOException {
        night().run(date);
        return Files.readString(folder(date).resolve("pain001.xml"));
    }

    private Night night() {
        return night(Progress.SILENT);
    }

    private Night night(Progress progress) {
        return new Night(TestLedger.dsl(Account.SETTLEMENT), data, CLOCK, progress, 30);
    }

    private Path folder(BusinessDate date) {
        return data.resolve("settlement").resolve(date.toString());
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder(DAY))) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), new String(Files.readAllBytes(file), file.toString().endsWith(".sig") ? StandardCharsets.ISO_8859_1
                        : StandardCharsets.UTF_8));
            }
        }
        return contents;
    }
}
