package cn.onecard.engine.order;

import static cn.onecard.engine.order.Asking.NOW;
import static cn.onecard.engine.order.Asking.capture;
import static cn.onecard.engine.order.Asking.change;
import static cn.onecard.engine.order.Asking.deposit;
import static cn.onecard.engine.order.Asking.expire;
import static cn.onecard.engine.order.Asking.hold;
import static cn.onecard.engine.order.Asking.inFlight;
import static cn.onecard.engine.order.Asking.open;
import static cn.onecard.engine.order.Asking.order;
import static cn.onecard.engine.order.Asking.pay;
import static cn.onecard.engine.order.Asking.refund;
import static cn.onecard.engine.order.Asking.wallet;
import static cn.onecard.sql.tables.ledger.Tables.ACCOUNT_ENTRY;
import static cn.onecard.sql.tables.ledger.Tables.BUSINESS_CALENDAR;
import static cn.onecard.sql.tables.ledger.Tables.HOLD_EXPIRY;
import static cn.onecard.sql.tables.ledger.Tables.ORDER_STEP;
import static cn.onecard.sql.tables.ledger.Tables.PAY_ORDER;
import static cn.onecard.sql.tables.ledger.Tables.POSTING_SHARD;
import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.order.PaymentRequest.Change;
import cn.onecard.engine.order.PaymentRequest.Goal;
import cn.onecard.engine.order.PaymentRequest.Opening;
import cn.onecard.engine.post.Calendar;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.MySqlServer;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.vocabulary.Money;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of payment requests, one batch at a time, on MariaDB and on MySQL 8. After every test the books are proven. */
class PaymentsTest {
    /** On the embedded MariaDB. */
    @Nested
    class OnMariaDb extends Contract {
        @Override
        Database prepare(Account account) {
            TestDatabase.wipe();
            return TestDatabase.database(account);
        }
    }

    /** On a real MySQL 8. */
    @Nested
    class OnMySql extends Contract {
        @Override
        Database prepare(Account account) {
            MySqlServer server = MySqlServer.startIfAvailable().orElseGet(() -> Assumptions.abort("no MySQL 8 here: -Pmysql brings one"));
            server.wipe();
            return server.database(account);
        }
    }

    /** What holds on every server. */
    abstract static class Contract {
        private static final Instant LATE = NOW.plus(Asking.LIFETIME);

        private @Nullable HikariDataSource pool;         // null where the server is missing
        private DSLContext dsl;
        private Accounts accounts;
        private PaymentShard node;
        private PaymentShard otherNode;

        abstract Database prepare(Account account);

        @BeforeEach
        void begin() throws Exception {
            HikariDataSource opened = prepare(Account.ENGINE).pool("payments", 2);
            pool = opened;
            dsl = Database.dsl(opened);
            assertThat(new Calendar(dsl).openOrBegin(Asking.DAY, NOW)).isEqualTo(Asking.DAY);
            node = shard("here");
            otherNode = shard("there");
            accounts = new Accounts(dsl);
            for (int card = 1; card <= 3; card++) {
                accounts.open(wallet(card), PaymentLimits.REGISTERED, Asking.DAY, NOW);
            }
            accounts.open(inFlight(1), PaymentLimits.REGISTERED, Asking.DAY, NOW);
            assertThat(ask(deposit("first", 1, 1_000))).isEqualTo(done("first", OrderState.CAPTURED, 1_000));
        }

        @AfterEach
        void end() throws SQLException {
            if (pool != null) {
                assertThat(new BalanceCheck(pool).run().broken()).isEmpty();
                pool.close();
            }
        }

        @Test
        void run_payment_leavesTwoStepsAndTwoEntriesWithBothSides() throws Exception {
            assertThat(ask(pay("p", 1, 300))).isEqualTo(done("p", OrderState.CAPTURED, 300));
            assertThat(balance(1)).isEqualTo("700 of 700");
            assertThat(dsl.select(ORDER_STEP.STATE_FROM, ORDER_STEP.STATE_TO).from(ORDER_STEP).where(ORDER_STEP.ORDER_ID.eq(order("p").bytes()))
                    .orderBy(ORDER_STEP.STEP_NO).fetch(row -> row.value1() + ">" + row.value2())).containsExactly("0>2", "2>3");
            assertThat(dsl.selectFrom(ACCOUNT_ENTRY).where(ACCOUNT_ENTRY.ORDER_ID.eq(order("p").bytes())).orderBy(ACCOUNT_ENTRY.ENTRY_NO)
                    .fetch(e -> e.getAmountFen() + " " + e.getHeldChangeFen() + " " + e.getDebitAccount() + ">" + e.getCreditAccount()))
                    .containsExactly("0 300 2011>2101", "-300 -300 2011>2101");
            assertThat(dsl.fetchCount(HOLD_EXPIRY)).isZero();
        }

        @Test
        void run_sameRequestAgain_getsTheFirstAnswerOnEveryNodeWhateverHappenedSince() throws Exception {
            PaymentAnswer first = ask(pay("p", 1, 300));
            ask(refund("r", "p", 300));
            Opening years = Opening.of(Asking.key("p"), Asking.terms(OrderKind.PAYMENT, wallet(1), 300), Goal.PAY, Asking.LIFETIME, NOW.plus(Duration.ofDays(3_000)));
            assertThat(otherNode.run(List.of(years, years))).containsExactly(first, first);
            assertThat(otherNode.run(List.of(refund("r", "p", 300)))).containsExactly(done("p", OrderState.REFUNDED, 300));
            assertThat(balance(1)).isEqualTo("1000 of 1000");
        }

        @Test
        void run_twiceInOneBatch_isDoneOnce() throws Exception {
            List<PaymentAnswer> answers = node.run(List.of(pay("p", 1, 300), pay("p", 1, 300), refund("r", "p", 100), refund("r", "p", 100)));
            assertThat(answers).containsExactly(done("p", OrderState.CAPTURED, 300), done("p", OrderState.CAPTURED, 300),
                    done("p", OrderState.PARTLY_REFUNDED, 100), done("p", OrderState.PARTLY_REFUNDED, 100));
            assertThat(balance(1)).isEqualTo("800 of 800");
        }

        @Test
        void run_sameKeyOtherBody_isAConflict() throws Exception {
            ask(pay("p", 1, 300));
            ask(refund("r", "p", 100));
            assertThat(ask(pay("p", 1, 301))).isEqualTo(refused("p", PaymentRefusal.KEY_CONFLICT));
            assertThat(ask(pay("p", 2, 300))).isEqualTo(refused("p", PaymentRefusal.KEY_CONFLICT));
            assertThat(ask(refund("r", "p", 101))).isEqualTo(refused("p", PaymentRefusal.KEY_CONFLICT));
            assertThat(ask(refund("p", "p", 100))).isEqualTo(refused("p", PaymentRefusal.KEY_CONFLICT));
            assertThat(ask(pay("r", 1, 100))).isEqualTo(refused("r", PaymentRefusal.KEY_CONFLICT));
            assertThat(balance(1)).isEqualTo("800 of 800");
        }

        @Test
        void run_refusedAndSentAgainWhenThereIsMoney_staysRefused() throws Exception {
            assertThat(ask(pay("p", 2, 50))).isEqualTo(refused("p", PaymentRefusal.FUNDS_TOO_LOW));
            ask(deposit("d", 2, 100));
            assertThat(ask(pay("p", 2, 50))).isEqualTo(refused("p", PaymentRefusal.FUNDS_TOO_LOW));
            assertThat(ask(pay("q", 2, 50))).isEqualTo(done("q", OrderState.CAPTURED, 50));
            assertThat(dsl.select(PAY_ORDER.STATE_CODE).from(PAY_ORDER).where(PAY_ORDER.ORDER_ID.eq(order("p").bytes())).fetchSingle().value1()).isEqualTo(9);
        }

        @Test
        void run_captureOfLessThanTheHold_releasesTheRest() throws Exception {
            assertThat(ask(hold("h", 1, 600))).isEqualTo(done("h", OrderState.HELD, 600));
            assertThat(balance(1)).isEqualTo("400 of 1000");
            assertThat(dsl.fetchCount(HOLD_EXPIRY)).isEqualTo(1);
            assertThat(ask(capture("c", "h", 601))).isEqualTo(refused("h", PaymentRefusal.ABOVE_HOLD));
            assertThat(ask(capture("d", "h", 250))).isEqualTo(done("h", OrderState.CAPTURED, 250));
            assertThat(balance(1)).isEqualTo("750 of 750");
            assertThat(dsl.fetchCount(HOLD_EXPIRY)).isZero();
            assertThat(ask(capture("e", "h", 1))).isEqualTo(refused("h", PaymentRefusal.STATE_FORBIDS));
        }

        @Test
        void run_refunds_neverExceedTheCapture() throws Exception {
            ask(pay("p", 1, 300));
            List<PaymentAnswer> answers = node.run(List.of(refund("a", "p", 200), refund("b", "p", 101), refund("c", "p", 100), refund("d", "p", 1)));
            assertThat(answers).containsExactly(done("p", OrderState.PARTLY_REFUNDED, 200), refused("p", PaymentRefusal.ABOVE_CAPTURE),
                    done("p", OrderState.REFUNDED, 100), refused("p", PaymentRefusal.STATE_FORBIDS));
            assertThat(balance(1)).isEqualTo("1000 of 1000");
        }

        @Test
        void run_timeOfAHoldIsOver_isEndedOnceAndCapturedNoMore() throws Exception {
            ask(hold("h", 1, 600));
            assertThat(ask(expire("h", LATE.minusMillis(1)))).isEqualTo(refused("h", PaymentRefusal.STATE_FORBIDS));
            assertThat(ask(Change.capture(Asking.key("c"), order("h"), Money.ofFen(600), LATE))).isEqualTo(refused("h", PaymentRefusal.HOLD_OVER));
            assertThat(new OpenOrders(dsl).listDue(LATE, 10)).containsExactly(new OpenOrders.Due(order("h"), LATE));
            Change sweep = Change.of(CallKey.ofHouse("expiry", "sweep"), order("h"), OrderEvent.EXPIRE, "its time is over", LATE);
            assertThat(ask(sweep)).isEqualTo(new PaymentAnswer.Done(order("h"), OrderState.EXPIRED, Money.ofFen(600), LATE));
            assertThat(balance(1)).isEqualTo("1000 of 1000");
            assertThat(new OpenOrders(dsl).listDue(LATE, 10)).isEmpty();
        }

        @Test
        void run_outcomeUnknown_keepsTheMoneyUntilThereIsProof() throws Exception {
            ask(hold("h", 1, 600));
            ask(hold("i", 1, 100));
            assertThat(ask(change("l", "h", OrderEvent.LOSE))).isEqualTo(done("h", OrderState.UNKNOWN, 600));
            ask(change("m", "i", OrderEvent.LOSE));
            assertThat(ask(change("v", "h", OrderEvent.VOID))).isEqualTo(refused("h", PaymentRefusal.STATE_FORBIDS));
            assertThat(ask(expire("h", LATE))).isEqualTo(refused("h", PaymentRefusal.STATE_FORBIDS));
            assertThat(new OpenOrders(dsl).listOpen(10)).extracting(OpenOrders.View::state).containsExactly(OrderState.UNKNOWN, OrderState.UNKNOWN);
            assertThat(balance(1)).isEqualTo("300 of 1000");
            assertThat(ask(change("d", "h", OrderEvent.PROVE_DONE))).isEqualTo(done("h", OrderState.CAPTURED, 600));
            assertThat(ask(change("u", "i", OrderEvent.PROVE_UNDONE))).isEqualTo(done("i", OrderState.VOIDED, 100));
            assertThat(balance(1)).isEqualTo("400 of 400");
        }

        @Test
        void run_quoted_isHeldLaterOrNot() throws Exception {
            assertThat(ask(open("q", OrderKind.PAYMENT, wallet(1), 600, Goal.QUOTE))).isEqualTo(done("q", OrderState.QUOTED, 600));
            ask(open("s", OrderKind.PAYMENT, wallet(1), 600, Goal.QUOTE));
            assertThat(ask(change("h", "q", OrderEvent.HOLD))).isEqualTo(done("q", OrderState.HELD, 600));
            assertThat(ask(change("i", "s", OrderEvent.HOLD))).isEqualTo(refused("s", PaymentRefusal.FUNDS_TOO_LOW));
            assertThat(ask(change("v", "s", OrderEvent.VOID))).isEqualTo(done("s", OrderState.VOIDED, 0));
            assertThat(balance(1)).isEqualTo("400 of 1000");
        }

        @Test
        void run_beyondALimit_isRefusedByTheFirstOne() throws Exception {
            assertThat(ask(pay("a", 1, 100_001))).isEqualTo(refused("a", PaymentRefusal.ABOVE_TRANSACTION_LIMIT));
            for (int i = 0; i < 5; i++) {
                ask(deposit("d" + i, 2, 100_000));
            }
            assertThat(ask(deposit("d5", 2, 1))).isEqualTo(refused("d5", PaymentRefusal.ABOVE_BALANCE_LIMIT));
            for (int i = 0; i < 5; i++) {
                assertThat(ask(hold("h" + i, 2, 100_000))).isEqualTo(done("h" + i, OrderState.HELD, 100_000));
            }
            ask(capture("c0", "h0", 40_000));
            ask(deposit("d6", 2, 40_000));
            assertThat(ask(pay("b", 2, 60_001))).isEqualTo(refused("b", PaymentRefusal.ABOVE_DAY_LIMIT));
            assertThat(ask(pay("c", 2, 60_000))).isEqualTo(done("c", OrderState.CAPTURED, 60_000));
            closeDay();
            assertThat(ask(pay("e", 2, 40_000))).isEqualTo(done("e", OrderState.CAPTURED, 40_000));
            assertThat(dsl.select(ACCOUNT_ENTRY.BUSINESS_DATE).from(ACCOUNT_ENTRY).where(ACCOUNT_ENTRY.ORDER_ID.eq(order("e").bytes())).fetchSet(ACCOUNT_ENTRY.BUSINESS_DATE))
                    .containsExactly(Asking.DAY.next());
        }

        @Test
        void run_severalRefusalsApply_answersTheFirst() throws Exception {
            assertThat(ask(pay("a", 9, 0))).isEqualTo(refused("a", PaymentRefusal.AMOUNT_NOT_POSITIVE));
            assertThat(ask(open("b", OrderKind.TOP_UP, wallet(9), 100, Goal.PAY))).isEqualTo(refused("b", PaymentRefusal.KIND_FORBIDS));
            assertThat(ask(pay("c", 9, 1_000_000))).isEqualTo(refused("c", PaymentRefusal.ACCOUNT_UNKNOWN));
            accounts.setState(wallet(1), AccountState.BLOCKED);
            assertThat(ask(pay("d", 1, 1_000_000))).isEqualTo(refused("d", PaymentRefusal.ACCOUNT_BLOCKED));
            assertThat(accounts.setState(wallet(1), AccountState.CLOSED)).isFalse();
            assertThat(accounts.setState(wallet(3), AccountState.CLOSED)).isTrue();
            assertThat(ask(pay("e", 3, 1_000_000))).isEqualTo(refused("e", PaymentRefusal.ACCOUNT_CLOSED));
            assertThat(ask(change("f", "nothing", OrderEvent.VOID))).isEqualTo(refused("nothing", PaymentRefusal.ORDER_UNKNOWN));
        }

        @Test
        void run_orderOfAnother_isUnknownToThisCaller() throws Exception {
            ask(pay("p", 1, 300));
            Change strange = Change.refund(CallKey.ofCaller("shop-8", "r"), order("p"), Money.ofFen(1), "", NOW);
            assertThat(ask(strange)).isEqualTo(refused("p", PaymentRefusal.ORDER_UNKNOWN));
        }

        @Test
        void run_rowThatTheLedgerRefuses_failsAlone() throws Exception {
            OrderTerms strange = new OrderTerms(OrderKind.PAYMENT, wallet(1), new cn.onecard.vocabulary.PartyId(7), 1_000_000, Money.ofFen(1));
            Opening poisoned = Opening.of(Asking.key("x"), strange, Goal.PAY, Asking.LIFETIME, NOW);
            assertThat(node.run(List.of(pay("a", 1, 1), poisoned, pay("b", 1, 2), pay("c", 1, 3)))).containsExactly(done("a", OrderState.CAPTURED, 1),
                    refused("x", PaymentRefusal.NOT_BOOKABLE), done("b", OrderState.CAPTURED, 2), done("c", OrderState.CAPTURED, 3));
            assertThat(balance(1)).isEqualTo("994 of 994");
        }

        @Test
        void run_loadPaidInByCash_isInFlightUntilTheCardHasIt() throws Exception {
            assertThat(ask(open("t", OrderKind.TOP_UP_PAID_IN, inFlight(1), 500, Goal.HOLD))).isEqualTo(done("t", OrderState.HELD, 500));
            assertThat(accounts.findBalance(inFlight(1)).orElseThrow().balance()).isEqualTo(Money.ofFen(500));
            assertThat(ask(capture("c", "t", 500))).as("only the card says that it was loaded").isEqualTo(refused("t", PaymentRefusal.KIND_FORBIDS));
            assertThat(ask(change("v", "t", OrderEvent.VOID))).as("or that it was not").isEqualTo(refused("t", PaymentRefusal.KIND_FORBIDS));
            assertThat(ask(expireLoad("t"))).isEqualTo(new PaymentAnswer.Done(order("t"), OrderState.UNKNOWN, Money.ofFen(500), LATE));
            assertThat(ask(change("d", "t", OrderEvent.PROVE_DONE))).isEqualTo(done("t", OrderState.CAPTURED, 500));
            assertThat(ask(refund("r", "t", 500))).isEqualTo(refused("t", PaymentRefusal.KIND_FORBIDS));
            assertThat(dsl.selectFrom(ACCOUNT_ENTRY).where(ACCOUNT_ENTRY.ORDER_ID.eq(order("t").bytes())).orderBy(ACCOUNT_ENTRY.ENTRY_NO)
                    .fetch(e -> e.getAmountFen() + " " + e.getDebitAccount() + ">" + e.getCreditAccount())).containsExactly("500 1002>2021", "-500 2021>2001");
        }

        @Test
        void run_depositGivenBack_needsItsMoneyStillThere() throws Exception {
            ask(pay("p", 1, 300));
            assertThat(ask(refund("r", "first", 701))).isEqualTo(refused("first", PaymentRefusal.FUNDS_TOO_LOW));
            assertThat(ask(refund("s", "first", 700))).isEqualTo(done("first", OrderState.PARTLY_REFUNDED, 700));
            assertThat(balance(1)).isEqualTo("0 of 0");
        }

        @Test
        void statement_betweenTwoMoments_tellsWhatHappenedAndHowItStood() throws Exception {
            Instant noon = NOW.plusSeconds(60);
            ask(Opening.of(Asking.key("p"), Asking.terms(OrderKind.PAYMENT, wallet(1), 300), Goal.PAY, Asking.LIFETIME, noon));
            assertThat(accounts.balanceAt(wallet(1), NOW.minusMillis(1)).balance()).isEqualTo(Money.ZERO);
            assertThat(accounts.balanceAt(wallet(1), noon.minusMillis(1)).balance()).isEqualTo(Money.ofFen(1_000));
            assertThat(accounts.balanceAt(wallet(1), noon).balance()).isEqualTo(Money.ofFen(700));
            assertThat(accounts.statement(wallet(1), NOW, noon)).extracting(Accounts.Line::amount).containsExactly(Money.ZERO, Money.ofFen(-300));
            assertThat(accounts.statement(wallet(1), NOW, noon)).extracting(Accounts.Line::entryNo).containsExactly(2L, 3L);
        }

        @Test
        void open_accountIsThere_changesNothing() {
            accounts.open(wallet(1), PaymentLimits.ANONYMOUS, Asking.DAY.next(), NOW.plusSeconds(1));
            assertThat(accounts.findBalance(wallet(1)).orElseThrow().balance()).isEqualTo(Money.ofFen(1_000));
        }

        private static Change expireLoad(String key) {
            return expire(key, LATE);
        }

        private PaymentShard shard(String name) {
            return Payments.open(new Payments.Settings(name, 1, PaymentLimits.STANDARD), Objects.requireNonNull(pool), dsl, new SimpleMeterRegistry()).shards().getFirst();
        }

        private PaymentAnswer ask(PaymentRequest request) throws InterruptedException {
            return node.run(List.of(request)).getFirst();
        }

        /** Available, and the whole. */
        private String balance(int card) {
            Accounts.Balance balance = accounts.findBalance(wallet(card)).orElseThrow();
            return balance.available().fen() + " of " + balance.balance().fen();
        }

        private static PaymentAnswer done(String order, OrderState state, long fen) {
            return new PaymentAnswer.Done(order(order), state, Money.ofFen(fen), NOW);
        }

        private static PaymentAnswer refused(String order, PaymentRefusal reason) {
            return new PaymentAnswer.Refused(order(order), reason);
        }

        private void closeDay() {
            dsl.transaction(transaction -> {
                DSLContext in = transaction.dsl();
                in.update(BUSINESS_CALENDAR).set(BUSINESS_CALENDAR.OPEN_DATE, Asking.DAY.next()).where(BUSINESS_CALENDAR.CALENDAR_ID.eq(1)).execute();
                in.update(POSTING_SHARD).set(POSTING_SHARD.OPEN_DATE, Asking.DAY.next()).execute();
            });
        }
    }
}
