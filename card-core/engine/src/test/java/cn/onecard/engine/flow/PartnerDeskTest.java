package cn.onecard.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.order.Accounts;
import cn.onecard.engine.order.Asking;
import cn.onecard.engine.order.BalanceCheck;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.OpenOrders;
import cn.onecard.engine.order.OrderEvent;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.OrderKind;
import cn.onecard.engine.order.OrderState;
import cn.onecard.engine.order.OrderTerms;
import cn.onecard.engine.order.Outgoing;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentLimits;
import cn.onecard.engine.order.PaymentRefusal;
import cn.onecard.engine.order.PaymentRequest.Change;
import cn.onecard.engine.order.PaymentRequest.Opening;
import cn.onecard.engine.order.Payments;
import cn.onecard.engine.outbox.FollowUp;
import cn.onecard.engine.outbox.Outbox;
import cn.onecard.engine.outbox.Partner;
import cn.onecard.engine.outbox.PartnerAnswer;
import cn.onecard.engine.outbox.PartnerMessage;
import cn.onecard.engine.post.Calendar;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Payments that partners decide, over a real ledger and partners that answer as they are told. */
class PartnerDeskTest {
    private static final long FUNDS = 40_000;
    private static final long PRICE = 300;
    private static final int CALLS_AT_ONCE = 4;
    private static final FollowUp FOLLOW_UP = new FollowUp(Duration.ofHours(1), Duration.ofMinutes(2), Duration.ofHours(20));
    private static final PartnerAnswer CONFIRMED = new PartnerAnswer.Confirmed("ref-1", Optional.empty(), "12345678901234567890");

    private final SteppedClock clock = new SteppedClock();
    private final ToldPartner water = new ToldPartner("water");
    private final List<PartnerDesk> desks = new ArrayList<>();
    private DSLContext dsl;
    private HikariDataSource reading;
    private HikariDataSource writing;
    private PaymentCorridor corridor;
    private PartnerDesk desk;

    /** A partner that answers as it is told, and counts. */
    private static final class ToldPartner implements Partner {
        private final String name;
        private final Map<OrderId, AtomicInteger> acted = new ConcurrentHashMap<>();
        private final AtomicInteger asked = new AtomicInteger();
        private final CountDownLatch hanging = new CountDownLatch(1);
        private volatile boolean hangs;                                             // written by the test
        private volatile PartnerAnswer answer = CONFIRMED;                          // written by the test
        private volatile PartnerAnswer word = new PartnerAnswer.Processing();       // written by the test

        ToldPartner(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public PartnerAnswer act(PartnerMessage message) throws InterruptedException {
            acted.computeIfAbsent(message.order(), order -> new AtomicInteger()).incrementAndGet();
            if (hangs) {
                hanging.await();
            }
            return answer;
        }

        @Override
        public PartnerAnswer ask(PartnerMessage message) {
            asked.incrementAndGet();
            return word;
        }
    }

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
        desk = desk(FOLLOW_UP, water);
        new Accounts(dsl).open(Asking.wallet(0), PaymentLimits.REGISTERED, Asking.DAY, Asking.NOW);
        assertThat(corridor.take(Asking.deposit("funds", 0, FUNDS)).get()).isInstanceOf(PaymentAnswer.Done.class);
    }

    @AfterEach
    void end() throws Exception {
        desks.forEach(PartnerDesk::stop);
        corridor.close(Duration.ofSeconds(10));
        assertThat(new BalanceCheck(reading).run().broken()).isEmpty();
        reading.close();
        writing.close();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # answer,   order,    message,   balance, held
          CONFIRMED,  CAPTURED, CONFIRMED, 39700, 0
          LESS,       CAPTURED, CONFIRMED, 39900, 0
          MORE,       UNKNOWN,  UNKNOWN,   40000, 300
          REJECTED,   VOIDED,   REJECTED,  40000, 0
          NOT_FOUND,  UNKNOWN,  UNKNOWN,   40000, 300
          PROCESSING, UNKNOWN,  UNKNOWN,   40000, 300
          UNKNOWN,    UNKNOWN,  UNKNOWN,   40000, 300
          NOT_SENT,   HELD,     WAITING,   40000, 300
        """)
    void pay_partnerAnswers_ordersFollows(String answer, String order, String message, long balance, long held) throws Exception {
        water.answer = answer(answer);
        PaymentAnswer paid = desk.pay(bill("a")).get();
        assertThat(state(paid)).isEqualTo(OrderState.valueOf(order));
        assertThat(message("a").state().name()).isEqualTo(message);
        assertMoney(balance, held);
        assertThat(water.acted.get(order("a"))).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # word,     order,    balance, held
          CONFIRMED,  CAPTURED, 39700, 0
          REJECTED,   VOIDED,   40000, 0
          NOT_FOUND,  UNKNOWN,  40000, 300
          PROCESSING, UNKNOWN,  40000, 300
          UNKNOWN,    UNKNOWN,  40000, 300
          NOT_SENT,   UNKNOWN,  40000, 300
        """)
    void sweep_unknown_asksAndNeverSendsAgain(String word, String order, long balance, long held) throws Exception {
        lose("a");
        assertThat(sweep()).as("too early").isZero();
        clock.step(Duration.ofSeconds(5));
        water.word = answer(word);
        sweep();
        assertThat(order("a", new OpenOrders(dsl)).state()).isEqualTo(OrderState.valueOf(order));
        assertMoney(balance, held);
        assertThat(water.asked).hasValue(1);
        assertThat(water.acted.get(order("a"))).hasValue(1);
    }

    @Test
    void sweep_notFoundTwiceAndLateEnough_givesTheMoneyBack() throws Exception {
        lose("a");
        water.word = new PartnerAnswer.NotFound();
        clock.step(Duration.ofSeconds(5));
        sweep();
        clock.step(Duration.ofSeconds(15));
        sweep();
        assertThat(order("a", new OpenOrders(dsl)).state()).as("it may not be visible yet").isEqualTo(OrderState.UNKNOWN);
        clock.step(Duration.ofMinutes(2));
        sweep();
        assertThat(order("a", new OpenOrders(dsl)).state()).isEqualTo(OrderState.VOIDED);
        assertMoney(FUNDS, 0);
    }

    @ParameterizedTest
    @CsvSource({"true, CAPTURED, 39700", "false, VOIDED, 40000"})
    void decideByStatement_askingIsOver_decides(boolean listed, String order, long balance) throws Exception {
        lose("a");
        clock.step(Duration.ofHours(20));
        sweep();
        assertThat(message("a").state().name()).isEqualTo("AWAITING_STATEMENT");
        assertThat(water.asked).hasValue(0);
        clock.step(Duration.ofDays(1));
        assertThat(sweep()).as("nothing is due any more").isZero();
        assertThat(new OpenOrders(dsl).listOpen(10)).hasSize(1);
        assertThat(state(desk.decideByStatement(order("a"), listed, "statement of 25 November, line 7"))).isEqualTo(OrderState.valueOf(order));
        assertMoney(balance, 0);
        clock.step(Duration.ofSeconds(1));
        assertThat(desk.decideByStatement(order("a"), !listed, "again")).isEqualTo(new PaymentAnswer.Refused(order("a"), PaymentRefusal.STATE_FORBIDS));
    }

    @Test
    void take_othersWhileAPartnerDecides_areRefused() throws Exception {
        water.answer = new PartnerAnswer.NotSent("no connection");
        desk.pay(bill("a")).get();
        for (OrderEvent event : List.of(OrderEvent.VOID, OrderEvent.CAPTURE, OrderEvent.EXPIRE, OrderEvent.LOSE)) {
            Change change = Change.of(CallKey.ofCaller(Asking.SHOP, "other-" + event), order("a"), event, "", clock.instant().plus(Duration.ofDays(1)));
            assertThat(corridor.take(change).get()).isEqualTo(new PaymentAnswer.Refused(order("a"), PaymentRefusal.STATE_FORBIDS));
        }
        assertThat(new OpenOrders(dsl).listOpen(10)).extracting(OpenOrders.View::state).containsExactly(OrderState.HELD);
        water.answer = CONFIRMED;
        clock.step(Duration.ofSeconds(5));
        sweep();
        assertMoney(FUNDS - PRICE, 0);
    }

    @Test
    void sweep_couldNotBeSentInTime_givesTheMoneyBack() throws Exception {
        water.answer = new PartnerAnswer.NotSent("no connection");
        desk.pay(bill("a")).get();
        clock.step(Asking.LIFETIME);
        water.answer = CONFIRMED;
        sweep();
        assertThat(order("a", new OpenOrders(dsl)).state()).isEqualTo(OrderState.VOIDED);
        assertThat(water.acted.get(order("a"))).hasValue(1);
        assertMoney(FUNDS, 0);
    }

    @Test
    void sweep_nodeDiedBeforeItSent_anotherSends() throws Exception {
        corridor.take(bill("a")).get();
        sweep();
        assertMoney(FUNDS - PRICE, 0);
        assertThat(water.acted.get(order("a"))).hasValue(1);
    }

    @Test
    void sweep_nodeDiedAfterItSaidThatItSends_anotherAsks() throws Exception {
        corridor.take(bill("a")).get();
        assertThat(new Outbox(dsl).claimSending(message("a"), clock.instant(), FOLLOW_UP.abandoned(clock.instant()))).isTrue();
        assertThat(sweep()).as("its sender may live").isZero();
        clock.step(FOLLOW_UP.deadline().plusMinutes(1));
        sweep();
        assertThat(order("a", new OpenOrders(dsl)).state()).isEqualTo(OrderState.UNKNOWN);
        water.word = CONFIRMED;
        clock.step(Duration.ofSeconds(5));
        sweep();
        assertMoney(FUNDS - PRICE, 0);
        assertThat(water.acted).isEmpty();
    }

    @Test
    void sweep_nodeDiedAfterItWithdrew_anotherGivesTheMoneyBack() throws Exception {
        corridor.take(bill("a")).get();
        assertThat(new Outbox(dsl).withdraw(message("a"))).isTrue();
        sweep();
        assertThat(order("a", new OpenOrders(dsl)).state()).isEqualTo(OrderState.VOIDED);
        assertMoney(FUNDS, 0);
        assertThat(water.acted).isEmpty();
    }

    @Test
    void sweep_twoDesksAtOnce_sendEachMessageOnce() throws Exception {
        PartnerDesk other = desk(FOLLOW_UP, water);
        int orders = 30;
        for (int i = 0; i < orders; i++) {
            corridor.take(bill("order-" + i)).get();
        }
        List<CompletableFuture<Optional<PaymentAnswer>>> all = new ArrayList<>(desk.sweep());
        all.addAll(other.sweep());
        for (CompletableFuture<Optional<PaymentAnswer>> one : all) {
            one.get();
        }
        while (sweep() > 0) {       // what had no place among the calls at once
            assertThat(water.acted).hasSizeLessThanOrEqualTo(orders);
        }
        assertThat(water.acted.values()).hasSize(orders).allMatch(times -> times.get() == 1);
        assertMoney(FUNDS - orders * PRICE, 0);
    }

    @Test
    void pay_anotherPartnerHangs_isNotSlowed() throws Exception {
        ToldPartner gas = new ToldPartner("gas");
        gas.hangs = true;
        PartnerDesk both = desk(FOLLOW_UP, water, gas);
        List<CompletableFuture<PaymentAnswer>> hanging = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            hanging.add(both.pay(bill("gas", "gas-" + i)));
        }
        for (int i = 0; i < 20; i++) {
            assertThat(state(both.pay(bill("water-" + i)).get())).isEqualTo(OrderState.CAPTURED);
        }
        assertThat(hanging.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join).map(PartnerDeskTest::state)).as("those beyond the calls at once")
                .allMatch(OrderState.HELD::equals);
        assertThat(gas.acted).hasSizeLessThanOrEqualTo(CALLS_AT_ONCE);
        gas.hangs = false;
        gas.hanging.countDown();
        for (CompletableFuture<PaymentAnswer> one : hanging) {
            one.get();
        }
        while (!both.sweep().stream().map(CompletableFuture::join).toList().isEmpty()) {
            assertThat(gas.acted).hasSizeLessThanOrEqualTo(20);
        }
        assertThat(gas.acted.values()).hasSize(20).allMatch(times -> times.get() == 1);
        assertMoney(FUNDS - 40 * PRICE, 0);
    }

    @Test
    void pay_deadlineIsOver_isUnknown() throws Exception {
        water.hangs = true;
        PartnerDesk strict = desk(new FollowUp(Duration.ofMillis(1), Duration.ofMinutes(2), Duration.ofHours(20)), water);
        assertThat(state(strict.pay(bill("a")).get())).isEqualTo(OrderState.UNKNOWN);
        assertMoney(FUNDS, PRICE);
    }

    @Test
    void pay_partnerWasAwayAgainAndAgain_waitsUntilItIsTriedAgain() throws Exception {
        water.answer = new PartnerAnswer.Unknown("connection lost");
        for (int i = 0; i < 10; i++) {
            assertThat(state(desk.pay(bill("lost-" + i)).get())).isEqualTo(OrderState.UNKNOWN);
        }
        assertThat(state(desk.pay(bill("a")).get())).as("left in peace").isEqualTo(OrderState.HELD);
        assertThat(water.acted).doesNotContainKey(order("a"));
        water.answer = CONFIRMED;
        water.word = CONFIRMED;
        clock.step(Duration.ofSeconds(60));
        while (sweep() > 0) {
            assertThat(water.acted).hasSizeLessThanOrEqualTo(11);
        }
        assertMoney(FUNDS - 11 * PRICE, 0);
    }

    private PartnerDesk desk(FollowUp followUp, Partner... partners) {
        PartnerDesk opened = new PartnerDesk(List.of(partners).stream().map(one -> new PartnerDesk.Terms(one, followUp, CALLS_AT_ONCE)).toList(), new Outbox(dsl), corridor, clock);
        desks.add(opened);
        return opened;
    }

    private void lose(String key) throws Exception {
        water.answer = new PartnerAnswer.Unknown("connection lost");
        assertThat(state(desk.pay(bill(key)).get())).isEqualTo(OrderState.UNKNOWN);
    }

    private int sweep() throws Exception {
        List<CompletableFuture<Optional<PaymentAnswer>>> all = desk.sweep();
        for (CompletableFuture<Optional<PaymentAnswer>> one : all) {
            one.get();
        }
        return all.size();
    }

    private static PartnerAnswer answer(String name) {
        return switch (name) {
            case "CONFIRMED" -> CONFIRMED;
            case "LESS" -> new PartnerAnswer.Confirmed("ref-2", Optional.of(Money.ofFen(100)), "");
            case "MORE" -> new PartnerAnswer.Confirmed("ref-3", Optional.of(Money.ofFen(PRICE + 1)), "");
            case "REJECTED" -> new PartnerAnswer.Rejected("account closed");
            case "NOT_FOUND" -> new PartnerAnswer.NotFound();
            case "PROCESSING" -> new PartnerAnswer.Processing();
            case "UNKNOWN" -> new PartnerAnswer.Unknown("connection lost");
            case "NOT_SENT" -> new PartnerAnswer.NotSent("no connection");
            default -> throw new IllegalArgumentException(name);
        };
    }

    private Opening bill(String key) {
        return bill("water", key);
    }

    private Opening bill(String partner, String key) {
        OrderTerms terms = new OrderTerms(OrderKind.PAYMENT, Asking.wallet(0), new PartyId(7), 20, Money.ofFen(PRICE));
        return Opening.by(new Outgoing(partner, "bill of " + key), CallKey.ofCaller(Asking.SHOP, key), terms, Asking.LIFETIME, clock.instant());
    }

    private static OrderId order(String key) {
        return OrderId.of(CallKey.ofCaller(Asking.SHOP, key));
    }

    private static OpenOrders.View order(String key, OpenOrders orders) {
        return orders.find(order(key)).orElseThrow();
    }

    private PartnerMessage message(String key) {
        return new Outbox(dsl).find(order(key)).orElseThrow();
    }

    private static OrderState state(PaymentAnswer answer) {
        assertThat(answer).isInstanceOf(PaymentAnswer.Done.class);
        return ((PaymentAnswer.Done) answer).state();
    }

    private void assertMoney(long balance, long held) {
        Accounts.Balance there = new Accounts(dsl).findBalance(Asking.wallet(0)).orElseThrow();
        assertThat(there.balance().fen()).isEqualTo(balance);
        assertThat(there.held().fen()).isEqualTo(held);
    }
}
