package cn.onecard.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.bill.BillCase;
import cn.onecard.engine.bill.CancellationState;
import cn.onecard.engine.bill.StandingBill;
import cn.onecard.engine.bill.StandingOrder;
import cn.onecard.engine.bill.StandingTable;
import cn.onecard.engine.bill.StatementTable;
import cn.onecard.engine.flow.BillAnswer.Reason;
import cn.onecard.engine.flow.DirectBiller.Fate;
import cn.onecard.engine.key.KeyRing;
import cn.onecard.engine.key.StorageKey;
import cn.onecard.engine.order.Accounts;
import cn.onecard.engine.order.Asking;
import cn.onecard.engine.order.BalanceCheck;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.OrderState;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentLimits;
import cn.onecard.engine.order.Payments;
import cn.onecard.engine.outbox.Outbox;
import cn.onecard.engine.post.Calendar;
import cn.onecard.engine.rail.utility.BillQuery;
import cn.onecard.engine.rail.utility.Biller;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.vocabulary.Money;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bills over a real ledger, and billers that go wrong as they are told. */
class BillDeskTest {
    private static final String EXACT = "{\"amount\": \"EXACT\", \"unitFen\": 1, \"order\": \"OLDEST_FIRST\", \"cancelUntil\": \"22:00\", \"fulfilment\": \"TOKEN\"}";
    private static final String CREDIT = "{\"amount\": \"MULTIPLE\", \"unitFen\": 100, \"order\": \"FREE\", \"cancelUntil\": \"\", \"fulfilment\": \"TOKEN\"}";
    private static final long FUNDS = 40_000;
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

    private final SteppedClock clock = new SteppedClock();
    private final DirectBiller water = new DirectBiller("water", clock, EXACT, "BILLER_PULL");
    private final DirectBiller power = new DirectBiller("power", clock, CREDIT, "AGENT_PUSH");
    private final List<PartnerDesk> desks = new ArrayList<>();
    private DSLContext dsl;
    private HikariDataSource reading;
    private HikariDataSource writing;
    private PaymentCorridor corridor;
    private StorageKey key;
    private BillDesk.Books books;
    private PartnerDesk partners;
    private BillDesk desk;
    private BillCancelling cancelling;
    private BillStatements statements;

    @BeforeEach
    void begin() throws Exception {
        TestDatabase.wipe();
        Database database = TestDatabase.database(Account.ENGINE);
        reading = database.pool("reading", 8);
        writing = database.transactionPool("writing", 3);
        dsl = Database.dsl(reading);
        new Calendar(dsl).openOrBegin(Asking.DAY, Asking.NOW);
        Payments payments = Payments.open(new Payments.Settings("here", 2, PaymentLimits.STANDARD), writing, dsl, new SimpleMeterRegistry());
        corridor = PaymentCorridor.open(payments, new SimpleMeterRegistry());
        new Accounts(dsl).open(Asking.wallet(0), PaymentLimits.REGISTERED, Asking.DAY, Asking.NOW);
        assertThat(corridor.take(Asking.deposit("funds", 0, FUNDS)).get()).isInstanceOf(PaymentAnswer.Done.class);
        key = StorageKey.of(KeyRing.demo(7), 1, "bill");
        books = BillDesk.Books.of(dsl, key);
        Map<String, Biller> billers = Map.of("water", water, "power", power);
        partners = partners();
        desk = new BillDesk(billers, books, partners, clock);
        cancelling = new BillCancelling(billers, books, corridor, clock);
        statements = new BillStatements(books, new StatementTable(dsl), partners, cancelling, clock);
        water.owe("W01", 100);
        water.owe("W02", 200);
        power.owe("P01", 0);
    }

    @AfterEach
    void end() throws Exception {
        desks.forEach(PartnerDesk::stop);
        corridor.close(Duration.ofSeconds(10));
        assertThat(new BalanceCheck(reading).run().broken()).isEmpty();
        reading.close();
        writing.close();
    }

    @Test
    void pay_oldestBill_isPaidAndTheTokenCanBeReadAgain() throws Exception {
        BillAnswer paid = pay("a", quotes("water").getFirst(), 100);
        assertThat(paid).isInstanceOfSatisfying(BillAnswer.Stands.class, stands -> {
            assertThat(stands.state()).isEqualTo(OrderState.CAPTURED);
            assertThat(stands.reference()).isEqualTo("R1");
            assertThat(new String(Base64.getDecoder().decode(stands.fulfilment()), StandardCharsets.US_ASCII)).isEqualTo("12345678901234567890");
        });
        assertThat(desk.find(Asking.SHOP, order("a"))).isEqualTo(paid);
        assertThat(desk.find("somebody", order("a"))).isEqualTo(new BillAnswer.No(Reason.PAYMENT_UNKNOWN, ""));
        assertThat(dsl.fetchSingle("SELECT fulfilment FROM ledger.partner_message").get(0, String.class)).doesNotContain("12345678901234567890");
        assertThat(dsl.fetchSingle("SELECT HEX(sealed) FROM ledger.bill_payment").get(0, String.class)).doesNotContain("3130303030303031");
        assertMoney(FUNDS - 100, 0);
        assertThat(water.money()).isEqualTo(Money.ofFen(100));
    }

    @Test
    void pay_sameKeyAgain_saysTheSameAndSendsNothing() throws Exception {
        String quote = quotes("water").getFirst();
        BillAnswer first = pay("a", quote, 100);
        clock.step(Duration.ofHours(2));
        assertThat(pay("a", quote, 100)).isEqualTo(first);
        assertThat(water.paid()).isEqualTo(1);
        assertThat(pay("a", quote, 99)).isEqualTo(new BillAnswer.No(Reason.KEY_CONFLICT, ""));
    }

    @ParameterizedTest
    @CsvSource({"1, 200, OLDER_BILL_FIRST", "0, 99, AMOUNT_WRONG", "0, 101, AMOUNT_WRONG"})
    void pay_againstTheRules_isRefusedAndNothingHappens(int which, long fen, Reason reason) throws Exception {
        assertThat(pay("a", quotes("water").get(which), fen)).isInstanceOfSatisfying(BillAnswer.No.class, no -> assertThat(no.reason()).isEqualTo(reason));
        assertThat(water.paid()).isZero();
        assertMoney(FUNDS, 0);
    }

    @Test
    void pay_quoteOverOrForeign_isRefused() throws Exception {
        String quote = quotes("water").getFirst();
        assertThat(reason(pay("a", quote.substring(0, quote.length() - 2) + "AA", 100))).isEqualTo(Reason.QUOTE_UNKNOWN);
        assertThat(reason(pay("a", "none", 100))).isEqualTo(Reason.QUOTE_UNKNOWN);
        clock.step(Duration.ofMinutes(30));
        assertThat(reason(pay("a", quote, 100))).isEqualTo(Reason.QUOTE_OVER);
        assertMoney(FUNDS, 0);
    }

    @Test
    void pay_prepaidCredit_mayBeBoughtAgainAndAgain() throws Exception {
        String quote = quotes("power").getFirst();
        assertThat(reason(pay("a", quote, 150))).isEqualTo(Reason.AMOUNT_WRONG);
        assertThat(state(pay("b", quote, 300))).isEqualTo(OrderState.CAPTURED);
        power.owe("P01", 0);
        assertThat(state(pay("c", quotes("power").getFirst(), 500))).isEqualTo(OrderState.CAPTURED);
        assertMoney(FUNDS - 800, 0);
    }

    @Test
    void pay_otherBillFirstPaid_thenTheNext() throws Exception {
        List<String> quotes = quotes("water");
        assertThat(state(pay("a", quotes.getFirst(), 100))).isEqualTo(OrderState.CAPTURED);
        assertThat(state(pay("b", quotes.getLast(), 200))).isEqualTo(OrderState.CAPTURED);
        assertThat(reason(pay("c", quotes.getLast(), 200))).isEqualTo(Reason.BILL_PAID);
        assertMoney(FUNDS - 300, 0);
    }

    @Test
    void pay_poorWallet_leavesTheBillToOthers() throws Exception {
        new Accounts(dsl).open(Asking.wallet(1), PaymentLimits.REGISTERED, Asking.DAY, Asking.NOW);
        String quote = quotes("water").getFirst();
        BillAnswer refused = desk.pay(new BillDesk.Ask(call("poor"), Asking.wallet(1).cardNo(), quote, Money.ofFen(100))).get();
        assertThat(refused).isEqualTo(new BillAnswer.No(Reason.PAYMENT_REFUSED, "FUNDS_TOO_LOW"));
        assertThat(state(pay("a", quote, 100))).isEqualTo(OrderState.CAPTURED);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # fate,       state,    held, paid at the biller
          FINE,        CAPTURED, 0,   100
          REFUSED,     VOIDED,   0,   0
          LOST_BEFORE, UNKNOWN,  100, 0
          LOST_AFTER,  UNKNOWN,  100, 100
          PROCESSING,  UNKNOWN,  100, 100
          NOT_SENT,    HELD,     100, 0
        """)
    void pay_everyFate_isFollowedUpAndTheBillIsInOneHand(Fate fate, OrderState state, long held, long theirs) throws Exception {
        water.will(fate);
        String quote = quotes("water").getFirst();
        assertThat(state(pay("a", quote, 100))).isEqualTo(state);
        assertThat(dsl.fetchSingle("SELECT held_fen FROM ledger.pay_account WHERE kind_code = 1").get(0, Long.class)).isEqualTo(held);
        assertThat(water.money()).isEqualTo(Money.ofFen(theirs));
        if (held > 0) {
            assertThat(reason(pay("b", quote, 100))).isEqualTo(Reason.BILL_IN_HAND);
        }
        for (int i = 0; i < 6; i++) {
            clock.step(Duration.ofMinutes(i));
            for (CompletableFuture<Optional<PaymentAnswer>> one : partners.sweep()) {
                one.get();
            }
        }
        boolean isPaid = water.money().fen() > 0;
        assertMoney(isPaid ? FUNDS - 100 : FUNDS, 0);
        assertThat(water.paid()).isLessThanOrEqualTo(1);
    }

    @Test
    void pay_claimWithoutOrder_keepsTheBillUntilNoMessageCanLeave() throws Exception {
        String quote = quotes("water").getFirst();
        dsl.execute("INSERT INTO ledger.bill_claim SELECT 'water', ?, 'W01', UNHEX(REPEAT('AB', 16)), ?",
                key.tag(DirectBiller.ACCOUNT.getBytes(StandardCharsets.UTF_8)), "2026-11-25 04:00:00.123");
        assertThat(reason(pay("a", quote, 100))).isEqualTo(Reason.BILL_IN_HAND);
        clock.step(BillDesk.PATIENCE);
        assertThat(state(pay("b", quote, 100))).isEqualTo(OrderState.CAPTURED);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void pay_manyAtOnceOnTwoNodes_oneOfThemPays(int callers) throws Exception {
        PartnerDesk others = partners();
        BillDesk there = new BillDesk(Map.of("water", water), books, others, clock);
        String quote = quotes("water").getFirst();
        List<CompletableFuture<BillAnswer>> all = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            int one = i;
            all.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return (one % 2 == 0 ? desk : there).pay(new BillDesk.Ask(call("racer-" + one), Asking.wallet(0).cardNo(), quote, Money.ofFen(100))).get();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        List<BillAnswer> answers = new ArrayList<>();
        for (CompletableFuture<BillAnswer> one : all) {
            answers.add(one.get());
        }
        assertThat(answers.stream().filter(answer -> answer instanceof BillAnswer.Stands)).hasSize(1);
        assertThat(water.paid()).isEqualTo(1);
        assertMoney(FUNDS - 100, 0);
    }

    @Test
    void cancel_inTime_givesTheMoneyBackOnceAndTheBillCanBePaidAgain() throws Exception {
        pay("a", quotes("water").getFirst(), 100);
        assertThat(cancellation(cancelling.cancel(Asking.SHOP, order("a")))).isEqualTo(CancellationState.REFUNDED);
        assertThat(cancellation(cancelling.cancel(Asking.SHOP, order("a")))).isEqualTo(CancellationState.REFUNDED);
        assertMoney(FUNDS, 0);
        assertThat(water.cancelled()).isEqualTo(1);
        assertThat(state(pay("b", quotes("water").getFirst(), 100))).isEqualTo(OrderState.CAPTURED);
        assertMoney(FUNDS - 100, 0);
    }

    @Test
    void cancel_lateForeignOrUnpaid_isRefused() throws Exception {
        water.will(Fate.LOST_BEFORE);
        pay("u", quotes("water").getFirst(), 100);
        assertThat(reason(cancelling.cancel(Asking.SHOP, order("u")))).isEqualTo(Reason.NOT_PAID);
        assertThat(reason(cancelling.cancel("somebody", order("u")))).isEqualTo(Reason.PAYMENT_UNKNOWN);
        pay("p", quotes("power").getFirst(), 100);
        assertThat(reason(cancelling.cancel(Asking.SHOP, order("p")))).isEqualTo(Reason.TOO_LATE);
        assertThat(water.cancelled() + power.cancelled()).isZero();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # fate,       at once,  in the end
          REFUSED,     STANDS,   STANDS
          NOT_SENT,    STANDS,   STANDS
          LOST_BEFORE, UNKNOWN,  STANDS
          LOST_AFTER,  UNKNOWN,  REFUNDED
        """)
    void cancel_everyFate_moneyGoesBackOnlyIfTheBillerGaveIt(Fate fate, CancellationState first, CancellationState last) throws Exception {
        pay("a", quotes("water").getFirst(), 100);
        water.will(fate);
        assertThat(cancellation(cancelling.cancel(Asking.SHOP, order("a")))).isEqualTo(first);
        for (int i = 0; i < 6; i++) {
            clock.step(Duration.ofSeconds(40));
            cancelling.sweep();
        }
        assertThat(books.cancellations().find(order("a")).orElseThrow().state()).isEqualTo(last);
        assertMoney(FUNDS - water.money().fen(), 0);
        assertThat(water.cancelled()).isLessThanOrEqualTo(1);
        if (last == CancellationState.STANDS) {
            assertThat(cancellation(cancelling.cancel(Asking.SHOP, order("a")))).as("tried again").isEqualTo(CancellationState.REFUNDED);
            assertMoney(FUNDS, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ASKED", "CANCELLED"})
    void sweep_nodeDiedWhileCancelling_isTakenUp(String state) throws Exception {
        pay("a", quotes("water").getFirst(), 100);
        books.cancellations().begin(books.bills().find(order("a")).orElseThrow(), clock.instant(), clock.instant().plusSeconds(60));
        water.cancel(books.bills().find(order("a")).orElseThrow().payment());
        if (state.equals("CANCELLED")) {
            books.cancellations().move(books.cancellations().find(order("a")).orElseThrow(), CancellationState.CANCELLED, Optional.of(clock.instant()), "taken back");
        }
        for (int i = 0; i < 8; i++) {
            clock.step(Duration.ofSeconds(60));
            cancelling.sweep();
        }
        assertThat(books.cancellations().find(order("a")).orElseThrow().state()).isEqualTo(CancellationState.REFUNDED);
        assertMoney(FUNDS, 0);
        assertThat(water.cancelled()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"LOST_AFTER, CAPTURED", "LOST_BEFORE, VOIDED"})
    void settle_unknownPayment_statementDecides(Fate fate, OrderState state) throws Exception {
        water.will(fate);
        pay("a", quotes("water").getFirst(), 100);
        BillStatements.Decided decided = statements.settle(water, TODAY).orElseThrow();
        assertThat(decided.cases()).isEmpty();
        assertThat(decided.paid() + decided.released()).isEqualTo(1);
        assertThat(books.orders().find(order("a")).orElseThrow().state()).isEqualTo(state);
        assertMoney(FUNDS - water.money().fen(), 0);
        assertThat(statements.settle(water, TODAY).orElseThrow().cases()).as("again").isEmpty();
    }

    @Test
    void settle_statementDisagrees_becomesCasesAndMovesNoMoney() throws Exception {
        pay("a", quotes("water").getFirst(), 100);
        water.forget(order("a").toString());
        water.will(Fate.REFUSED);
        pay("b", quotes("water").getFirst(), 200);
        water.invent(order("b").toString(), 200);
        water.invent("0123456789abcdef0123456789abcdef", 700);
        water.invent("strange", 1);
        List<BillCase> cases = statements.settle(water, TODAY).orElseThrow().cases();
        assertThat(cases).extracting(BillCase::kind).containsExactlyInAnyOrder(BillCase.Kind.NOT_LISTED, BillCase.Kind.GIVEN_BACK, BillCase.Kind.NOT_OURS, BillCase.Kind.NOT_OURS);
        assertThat(new StatementTable(dsl).listCases(10)).containsExactlyInAnyOrderElementsOf(cases);
        assertMoney(FUNDS - 100, 0);
    }

    @Test
    void settle_billerWantsOurStatement_unknownIsNeverListed() throws Exception {
        assertThat(state(pay("a", quotes("power").getFirst(), 100))).isEqualTo(OrderState.CAPTURED);
        power.owe("P01", 0);
        power.will(Fate.LOST_AFTER);
        pay("b", quotes("power").getFirst(), 200);
        assertThat(statements.settle(power, TODAY).orElseThrow().lines()).isEqualTo(1);
        assertThat(new String(power.submitted().getFirst(), StandardCharsets.UTF_8)).contains(order("a").toString()).doesNotContain(order("b").toString());
        assertMoney(FUNDS - 100, 200);
    }

    @Test
    void standing_newBills_areNoticedThenPaidOnTheirDay() throws Exception {
        StandingDesk standing = new StandingDesk(desk, new StandingTable(dsl, key), clock);
        String id = standing(standing, 150);
        standing.round();
        assertThat(bills(standing, id)).extracting(bill -> bill.progress().state()).containsOnly(StandingBill.State.NOTICED);
        assertMoney(FUNDS, 0);
        clock.step(Duration.ofDays(3));
        renew();
        standing.round();
        assertThat(bills(standing, id)).extracting(bill -> bill.progress().state() + " " + bill.progress().reason())
                .containsExactlyInAnyOrder("PAID ", "NOT_PAID more than was agreed");
        assertMoney(FUNDS - 100, 0);
        clock.step(Duration.ofDays(1));
        standing.round();
        assertMoney(FUNDS - 100, 0);
        assertThat(water.paid()).isEqualTo(1);
    }

    @Test
    void standing_stoppedOrEnded_paysNothing() throws Exception {
        StandingDesk standing = new StandingDesk(desk, new StandingTable(dsl, key), clock);
        String id = standing(standing, 500);
        standing.round();
        assertThat(standing.stop(Asking.SHOP, id, "W01").orElseThrow().progress().state()).isEqualTo(StandingBill.State.STOPPED);
        assertThat(standing.stop("somebody", id, "W02")).isEmpty();
        assertThat(standing.end(Asking.SHOP, id).orElseThrow().order().ended()).isTrue();
        clock.step(Duration.ofDays(4));
        renew();
        standing.round();
        assertThat(water.paid()).isZero();
    }

    @Test
    void standing_answerLost_isFollowedAndNeverPaidTwice() throws Exception {
        StandingDesk standing = new StandingDesk(desk, new StandingTable(dsl, key), clock);
        String id = standing(standing, 150);
        standing.round();
        clock.step(Duration.ofDays(3));
        renew();
        water.will(Fate.LOST_AFTER);
        standing.round();
        assertThat(bills(standing, id)).extracting(bill -> bill.progress().state()).contains(StandingBill.State.PAYING);
        clock.step(Duration.ofHours(1));
        for (CompletableFuture<Optional<PaymentAnswer>> one : partners.sweep()) {
            one.get();
        }
        standing.round();
        assertThat(bills(standing, id)).extracting(bill -> bill.progress().state()).contains(StandingBill.State.PAID);
        assertThat(water.paid()).isEqualTo(1);
        assertMoney(FUNDS - 100, 0);
    }

    @Test
    void standing_billerDoesNotKnowTheAccount_isNotSetUp() {
        StandingDesk standing = new StandingDesk(desk, new StandingTable(dsl, key), clock);
        StandingDesk.Answer answer = standing.add(new StandingDesk.Ask(call("s"), Asking.wallet(0).cardNo(),
                new StandingOrder.Bills("water", new BillQuery("99999999", Map.of())), Money.ofFen(100), 3));
        assertThat(answer).isEqualTo(new StandingDesk.Answer.No(new BillAnswer.No(Reason.BILLER_REFUSED, "NO_ACCOUNT")));
    }

    private String standing(StandingDesk standing, long most) {
        StandingDesk.Ask ask = new StandingDesk.Ask(call("s"), Asking.wallet(0).cardNo(), new StandingOrder.Bills("water", new BillQuery(DirectBiller.ACCOUNT, Map.of())),
                Money.ofFen(most), 3);
        StandingDesk.Answer answer = standing.add(ask);
        assertThat(standing.add(ask)).isEqualTo(answer);
        return ((StandingDesk.Answer.Stands) answer).order().id();
    }

    /** The biller's quotes of some days ago hold no more. */
    private void renew() {
        water.owe("W01", 100);
        water.owe("W02", 200);
    }

    private List<StandingBill> bills(StandingDesk standing, String id) {
        return standing.find(Asking.SHOP, id).orElseThrow().bills();
    }

    private PartnerDesk partners() {
        PartnerDesk made = new PartnerDesk(List.of(new BillPartner(water, books.bills(), key).terms(), new BillPartner(power, books.bills(), key).terms()),
                new Outbox(dsl), corridor, clock);
        desks.add(made);
        return made;
    }

    private List<String> quotes(String biller) {
        return ((BillAnswer.Offer) desk.query(biller, new BillQuery(DirectBiller.ACCOUNT, Map.of()))).bills().stream().map(BillAnswer.Offered::quote).toList();
    }

    private BillAnswer pay(String name, String quote, long fen) throws Exception {
        return desk.pay(new BillDesk.Ask(call(name), Asking.wallet(0).cardNo(), quote, Money.ofFen(fen))).get();
    }

    private static CallKey call(String name) {
        return CallKey.ofCaller(Asking.SHOP, name);
    }

    private static OrderId order(String name) {
        return OrderId.of(call(name));
    }

    private static OrderState state(BillAnswer answer) {
        return ((BillAnswer.Stands) answer).state();
    }

    private static Reason reason(BillAnswer answer) {
        return ((BillAnswer.No) answer).reason();
    }

    private static CancellationState cancellation(BillAnswer answer) {
        return ((BillAnswer.Stands) answer).cancellation().orElseThrow().state();
    }

    private void assertMoney(long balance, long held) {
        Accounts.Balance now = new Accounts(dsl).findBalance(Asking.wallet(0)).orElseThrow();
        assertThat(now.balance()).isEqualTo(Money.ofFen(balance));
        assertThat(now.held()).isEqualTo(Money.ofFen(held));
    }
}
