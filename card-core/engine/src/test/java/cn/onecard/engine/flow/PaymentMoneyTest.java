package cn.onecard.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.order.AccountId;
import cn.onecard.engine.order.Accounts;
import cn.onecard.engine.order.Asking;
import cn.onecard.engine.order.BalanceCheck;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.OpenOrders;
import cn.onecard.engine.order.OrderEvent;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.OrderKind;
import cn.onecard.engine.order.OrderTerms;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentLimits;
import cn.onecard.engine.order.PaymentRequest;
import cn.onecard.engine.order.PaymentRequest.Change;
import cn.onecard.engine.order.PaymentRequest.Goal;
import cn.onecard.engine.order.PaymentRequest.Opening;
import cn.onecard.engine.order.Payments;
import cn.onecard.engine.post.Calendar;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.MySqlServer;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many callers do anything at once to few accounts, through two nodes, while connections are cut: afterwards no money is made or
 *  lost, no request was done twice, and whoever asked the same got the same answer. */
class PaymentMoneyTest {
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
        private static final int CARDS = 3;
        private static final int CALLERS = 8;
        private static final int REQUESTS = 150;
        /** So few, that callers meet on them. */
        private static final int ORDERS = 60;
        private static final int CUT_ONE_IN = 25;
        private static final long FUNDS = 20_000;
        private static final List<Goal> GOALS = List.of(Goal.PAY, Goal.HOLD, Goal.QUOTE);
        private static final OrderEvent[] EVENTS = {OrderEvent.VOID, OrderEvent.LOSE, OrderEvent.PROVE_DONE, OrderEvent.PROVE_UNDONE, OrderEvent.HOLD};

        private @Nullable Database database;             // null where the server is missing
        private DSLContext dsl;
        private HikariDataSource reading;
        private final List<HikariDataSource> pools = new ArrayList<>();
        private final List<PaymentCorridor> nodes = new ArrayList<>();

        abstract Database prepare(Account account);

        @BeforeEach
        void begin() throws Exception {
            Database opened = prepare(Account.ENGINE);
            database = opened;
            reading = opened.pool("reading", 2);
            pools.add(reading);
            dsl = Database.dsl(reading);
            new Calendar(dsl).openOrBegin(Asking.DAY, Asking.NOW);
            for (String node : List.of("here", "there")) {
                HikariDataSource pool = opened.transactionPool(node, 3);
                pools.add(pool);
                Payments payments = Payments.open(new Payments.Settings(node, 2, PaymentLimits.STANDARD), pool, dsl, new SimpleMeterRegistry());
                nodes.add(PaymentCorridor.open(payments, new SimpleMeterRegistry()));
            }
            for (int card = 0; card < CARDS; card++) {
                new Accounts(dsl).open(Asking.wallet(card), PaymentLimits.REGISTERED, Asking.DAY, Asking.NOW);
                assertThat(nodes.getFirst().take(Asking.deposit("funds" + card, card, FUNDS)).get()).isInstanceOf(PaymentAnswer.Done.class);
            }
        }

        @AfterEach
        void end() throws InterruptedException {
            for (PaymentCorridor node : nodes) {
                node.close(Duration.ofSeconds(10));
            }
            pools.forEach(HikariDataSource::close);
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3})
        void take_anythingAtOnceWhileConnectionsAreCut_keepsTheBooks(long seed) throws Exception {
            Map<CallKey, PaymentAnswer> answers = new ConcurrentHashMap<>();
            AtomicInteger cuts = new AtomicInteger();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> callers = new ArrayList<>();
                for (int caller = 0; caller < CALLERS; caller++) {
                    SplittableRandom random = new SplittableRandom(seed * 1_000 + caller);
                    callers.add(threads.submit(() -> {
                        call(random, answers, cuts);
                        return null;
                    }));
                }
                for (Future<?> caller : callers) {
                    caller.get();
                }
            }
            assertThat(cuts.get()).as("connections cut").isPositive();
            assertThat(new BalanceCheck(reading).run().broken()).isEmpty();
            assertThat(answers).hasSizeGreaterThan(ORDERS);
            sweepEverything();
            BalanceCheck.Finding atTheEnd = new BalanceCheck(reading).run();
            assertThat(atTheEnd.broken()).isEmpty();
            assertThat(atTheEnd.accounts()).isEqualTo(CARDS);
            assertThat(heldByUnknown()).isEqualTo(held());
        }

        private void call(SplittableRandom random, Map<CallKey, PaymentAnswer> answers, AtomicInteger cuts) throws Exception {
            for (int i = 0; i < REQUESTS; i++) {
                if (random.nextInt(CUT_ONE_IN) == 0) {
                    cuts.addAndGet(cut());
                }
                PaymentRequest request = anything(random);
                PaymentAnswer answer = nodes.get(random.nextInt(nodes.size())).take(request).get();
                if (answer instanceof PaymentAnswer.Refused refused && refused.reason().name().equals("ORDER_UNKNOWN")) {
                    continue;       // nothing is written for it: the order may come into being later
                }
                PaymentAnswer first = answers.putIfAbsent(request.call(), answer);
                assertThat(answer).isEqualTo(first == null ? answer : first);
            }
        }

        /** A request that others may be making at the same moment: its key says what it is. */
        private static PaymentRequest anything(SplittableRandom random) {
            int number = random.nextInt(ORDERS);
            OrderId order = OrderId.of(CallKey.ofCaller(Asking.SHOP, "order-" + number));
            long amount = 1 + random.nextInt(4) * 300L;
            return switch (random.nextInt(6)) {
                case 0, 1 -> opening(number);
                case 2 -> Change.capture(key("capture", number, amount), order, Money.ofFen(amount), Asking.NOW);
                case 3, 4 -> Change.refund(key("refund", number, amount), order, Money.ofFen(amount), "returned", Asking.NOW);
                default -> {
                    OrderEvent event = EVENTS[random.nextInt(EVENTS.length)];
                    yield Change.of(key(event.name(), number, 0), order, event, "", Asking.NOW);
                }
            };
        }

        private static Opening opening(int number) {
            AccountId wallet = Asking.wallet(number % CARDS);
            OrderKind kind = number % 10 == 9 ? OrderKind.DEPOSIT : OrderKind.PAYMENT;
            OrderTerms terms = new OrderTerms(kind, wallet, new PartyId(7), 20, Money.ofFen(100 + 97L * (number % 23)));
            return Opening.of(CallKey.ofCaller(Asking.SHOP, "order-" + number), terms, GOALS.get(number % GOALS.size()), Asking.LIFETIME, Asking.NOW);
        }

        private static CallKey key(String what, int order, long amount) {
            return CallKey.ofCaller(Asking.SHOP, what + "-" + order + "-" + amount);
        }

        /** Cuts the connections on which something is done just now; one caller at a time, for it would cut the other's as well. */
        private synchronized int cut() throws SQLException {
            int cut = 0;
            try (Connection connection = Objects.requireNonNull(database).connect(); Statement statement = connection.createStatement()) {
                List<Long> others = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery("SELECT id FROM information_schema.processlist WHERE id <> CONNECTION_ID() AND command <> 'Sleep'")) {
                    while (rows.next()) {
                        others.add(rows.getLong(1));
                    }
                }
                for (long other : others) {
                    cut += cut(statement, other);
                }
            }
            return cut;
        }

        private static int cut(Statement statement, long id) throws SQLException {
            try {
                statement.execute("KILL " + id);
                return 1;
            } catch (SQLException e) {
                if (e.getErrorCode() == 1094) {
                    return 0;       // it has gone by itself
                }
                throw e;
            }
        }

        private void sweepEverything() throws Exception {
            Clock later = Clock.fixed(Asking.NOW.plus(Asking.LIFETIME), ZoneOffset.UTC);
            assertThat(new HoldSweeper(new OpenOrders(dsl), nodes.getLast(), later).sweep()).isPositive();
            assertThat(new HoldSweeper(new OpenOrders(dsl), nodes.getFirst(), later).sweep()).isZero();
        }

        private long heldByUnknown() {
            return new OpenOrders(dsl).listOpen(1_000).stream().filter(order -> order.kind() != OrderKind.DEPOSIT)
                    .mapToLong(order -> order.amounts().held().fen()).sum();
        }

        private long held() {
            long held = 0;
            for (int card = 0; card < CARDS; card++) {
                held += new Accounts(dsl).findBalance(Asking.wallet(card)).orElseThrow().held().fen();
            }
            return held;
        }
    }
}
