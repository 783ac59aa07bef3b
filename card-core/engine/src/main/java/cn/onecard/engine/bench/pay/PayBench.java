package cn.onecard.engine.bench.pay;

import cn.onecard.engine.bench.BenchCity;
import cn.onecard.engine.bench.BenchFailed;
import cn.onecard.engine.bench.Machine;
import cn.onecard.engine.bench.Rig;
import cn.onecard.engine.flow.PaymentCorridor;
import cn.onecard.engine.order.AccountId;
import cn.onecard.engine.order.AccountKind;
import cn.onecard.engine.order.Accounts;
import cn.onecard.engine.order.BalanceCheck;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.OrderKind;
import cn.onecard.engine.order.OrderTerms;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentLimits;
import cn.onecard.engine.order.PaymentRequest;
import cn.onecard.engine.order.PaymentRequest.Goal;
import cn.onecard.engine.order.PaymentRequest.Opening;
import cn.onecard.engine.order.PaymentShard;
import cn.onecard.engine.order.Payments;
import cn.onecard.engine.post.Calendar;
import cn.onecard.sql.Database;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jooq.DSLContext;

/** Measures captured wallet payments: the corridor runs in this process, beside its callers, and the database in its own. Each
 *  payment is an order with two steps and two entries. At the end the books are proven. */
public final class PayBench {
    /** Callers in the city, and at one card. */
    static final int CALLERS = 200;
    static final int HOT_CALLERS = 50;
    /** Connections of the naive way, each with a transaction a payment. */
    static final int NAIVE_CALLERS = 64;

    private static final int SHOPS = 1_000;
    private static final int SHOPPING = 20;
    private static final Money PRICE = Money.ofFen(1);
    private static final Money FUNDS = Money.ofFen(100_000_000);
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** No limit is reached here. */
    private static final PaymentLimits LIMITS = new PaymentLimits(Map.of(PaymentLimits.REGISTERED, new PaymentLimits.LimitClass(FUNDS, FUNDS, FUNDS)));

    private final PaySettings settings;
    private final Clock clock;
    private final int run;
    private final Consumer<String> progress;
    private final AtomicLong keys = new AtomicLong();

    private PayBench(PaySettings settings, Clock clock, Consumer<String> progress) {
        this.settings = settings;
        this.clock = clock;
        this.run = BenchCity.anyRun(clock.millis());
        this.progress = progress;
    }

    /** Measures everything.
     *
     *  @param progress told what is being done
     *  @throws BenchFailed if a payment was refused, or the books do not balance afterwards */
    public static PayReport run(PaySettings settings, Clock clock, Consumer<String> progress) throws IOException {
        return new PayBench(settings, clock, progress).run();
    }

    private PayReport run() throws IOException {
        progress.accept("starting the database");
        Rig rig = Rig.prepareDatabase(settings.rig());
        Machine machine = Machine.look(settings.rig().data());
        Database database = rig.database();
        try (HikariDataSource reading = database.pool("reading", 4); HikariDataSource lanes = database.transactionPool("lanes", settings.lanes() + 1);
                HikariDataSource naive = database.transactionPool("naive", NAIVE_CALLERS)) {
            DSLContext dsl = Database.dsl(reading);
            new Calendar(dsl).openOrBegin(settings.rig().businessDate(), clock.instant());
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            PaymentCorridor corridor = PaymentCorridor.open(Payments.open(new Payments.Settings("bench", settings.lanes(), LIMITS), lanes, dsl, registry), registry);
            List<PaymentShard> shards = Payments.open(new Payments.Settings("naive", NAIVE_CALLERS, LIMITS), naive, dsl, registry).shards();
            fund(dsl, corridor);
            PayReport.Lines lines = measure(corridor, shards);
            corridor.close(PATIENCE);
            progress.accept("proving the books");
            BalanceCheck.Finding finding = new BalanceCheck(reading).run();
            if (!finding.isSound()) {
                throw new BenchFailed("the books do not balance: " + finding.broken());
            }
            return new PayReport(settings, lines, finding.entries(), machine, Rig.version(database).orElse("unknown"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailed("interrupted", e);
        } catch (ExecutionException | SQLException e) {
            throw new BenchFailed("the books cannot be prepared or proven", e);
        } finally {
            rig.stopDatabase();
        }
    }

    private void fund(DSLContext dsl, PaymentCorridor corridor) throws InterruptedException, ExecutionException {
        progress.accept("opening and filling " + settings.wallets() + " wallets");
        Accounts accounts = new Accounts(dsl);
        List<AccountId> wallets = new ArrayList<>();
        for (int i = 0; i < settings.wallets(); i++) {
            wallets.add(wallet(i));
        }
        accounts.open(wallets, PaymentLimits.REGISTERED, settings.rig().businessDate(), clock.instant());
        List<CompletableFuture<PaymentAnswer>> answers = new ArrayList<>();
        for (AccountId wallet : wallets) {
            answers.add(corridor.take(request(OrderKind.DEPOSIT, wallet, 1, FUNDS)));
        }
        for (CompletableFuture<PaymentAnswer> answer : answers) {
            if (answer.get() instanceof PaymentAnswer.Refused refused) {
                throw new BenchFailed("a wallet cannot be filled: " + refused.reason());
            }
        }
    }

    private PayReport.Lines measure(PaymentCorridor corridor, List<PaymentShard> shards) {
        PayLoad.Desk grouped = (caller, request) -> corridor.take(request).get();
        PayLoad.Desk alone = (caller, request) -> shards.get(caller).run(List.of(request)).getFirst();
        PayLoad.Mill city = (caller, random) -> request(OrderKind.PAYMENT, wallet(random.nextInt(settings.wallets())), 1 + random.nextInt(SHOPS), PRICE);
        PayLoad.Mill hotCard = (caller, random) -> request(OrderKind.PAYMENT, wallet(0), 1 + random.nextInt(SHOPS), PRICE);
        PayLoad.Mill hotShop = (caller, random) -> request(OrderKind.PAYMENT, wallet(random.nextInt(settings.wallets())), 1, PRICE);
        progress.accept("warming up");
        load(grouped, city, CALLERS);
        PayReport.Lines lines = new PayReport.Lines();
        for (int round = 1; round <= settings.rounds(); round++) {
            progress.accept("round " + round + " of " + settings.rounds());
            lines.captured().add(load(grouped, city, CALLERS));
            lines.hotCard().add(load(grouped, hotCard, HOT_CALLERS));
            lines.hotShop().add(load(grouped, hotShop, CALLERS));
            lines.naive().add(load(alone, city, NAIVE_CALLERS));
        }
        return lines;
    }

    private PayLoad.Outcome load(PayLoad.Desk desk, PayLoad.Mill mill, int callers) {
        return PayLoad.run(desk, mill, callers, settings.seconds(), keys.get());
    }

    private PaymentRequest request(OrderKind kind, AccountId account, int party, Money amount) {
        CallKey key = CallKey.ofCaller("bench-" + run, Long.toString(keys.incrementAndGet()));
        return Opening.of(key, new OrderTerms(kind, account, new PartyId(party), SHOPPING, amount), Goal.PAY, LIFETIME, clock.instant());
    }

    private static AccountId wallet(int number) {
        return new AccountId(BenchCity.card(number), AccountKind.WALLET);
    }
}
