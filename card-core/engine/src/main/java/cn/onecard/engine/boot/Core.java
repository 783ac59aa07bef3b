package cn.onecard.engine.boot;

import cn.onecard.engine.admit.Admittance;
import cn.onecard.engine.admit.Limits;
import cn.onecard.engine.admit.MasterCache;
import cn.onecard.engine.api.ApiServer;
import cn.onecard.engine.bill.BillTable;
import cn.onecard.engine.card.HotlistTable;
import cn.onecard.engine.card.RegisterTable;
import cn.onecard.engine.flow.CallersCorridor;
import cn.onecard.engine.flow.HoldSweeper;
import cn.onecard.engine.flow.KeyFollower;
import cn.onecard.engine.flow.LoadDesk;
import cn.onecard.engine.flow.PaymentCorridor;
import cn.onecard.engine.flow.RegisterFollower;
import cn.onecard.engine.flow.Repeating;
import cn.onecard.engine.flow.TapCorridor;
import cn.onecard.engine.flow.TerminalDownloads;
import cn.onecard.engine.flow.TerminalPayments;
import cn.onecard.engine.key.KeySource;
import cn.onecard.engine.key.StorageKey;
import cn.onecard.engine.order.Loads;
import cn.onecard.engine.order.OpenOrders;
import cn.onecard.engine.order.PaymentLimits;
import cn.onecard.engine.order.Payments;
import cn.onecard.engine.post.Calendar;
import cn.onecard.engine.post.Ledger;
import cn.onecard.engine.rail.register.Category;
import cn.onecard.engine.rail.register.CategoryFile;
import cn.onecard.engine.rail.register.CategoryTable;
import cn.onecard.engine.receive.TerminalServer;
import cn.onecard.engine.verify.TapVerifier;
import cn.onecard.sql.Database;
import cn.onecard.vocabulary.BusinessDate;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running core: the database pools, the lanes of taps and payments, the terminals' door and the operators' door. */
final class Core {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Of payment calls, beside those of the lanes: what they look up keeps no tap waiting. */
    private static final int LOOKUP_CONNECTIONS = 8;
    private static final Duration SWEEP_PAUSE = Duration.ofSeconds(5);
    private static final Duration FOLLOW_PAUSE = Duration.ofSeconds(1);
    private static final Duration KEY_PAUSE = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(Core.class);

    private final Vertx vertx = Vertx.vertx();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HikariDataSource lanePool;
    private final HikariDataSource paymentPool;
    private final HikariDataSource lookupPool;
    private final HikariDataSource readerPool;
    private final Ledger ledger;
    private final TapCorridor corridor;
    private final PaymentCorridor payments;
    private final HikariDataSource deskPool;
    private final Desks desks;
    private final Repeating sweeping;
    private final Repeating following;
    private final KeySource masterKeys;
    private final Repeating followingKeys;
    private final TerminalServer terminals;
    private final OperatorServer operators;
    private final int grpcPort;
    private final int httpPort;
    private final ApiDoor api;
    private final int apiPort;

    /** How a core is set up.
     *
     *  @param node name of this node, unique among those on one database
     *  @param lanes number of lanes, each with its own shard of the ledger
     *  @param firstDate the business date to begin the books with, if they were never begun
     *  @param address the terminals' door
     *  @param ports of the other doors */
    record Settings(String node, int lanes, BusinessDate firstDate, TerminalServer.Address address, Ports ports) {}

    /** Ports on the loopback interface; 0 for any that is free.
     *
     *  @param http the operators' door
     *  @param api the interface for merchants, billers and hospitals; with TLS if the terminals' door has it */
    record Ports(int http, int api) {}

    /** Starts a core; it is ready when this returns. */
    Core(Settings settings, Database database, LoadDesk.Keys keys, Desks.Plan partners, Clock clock) throws InterruptedException {
        lanePool = database.transactionPool("lanes", settings.lanes() + 1);
        readerPool = database.pool("register", 4);
        DSLContext dsl = Database.dsl(readerPool);
        BusinessDate openDate = new Calendar(dsl).openOrBegin(settings.firstDate(), clock.instant());
        if (!openDate.equals(settings.firstDate())) {
            LOG.info("the books are open at {}", openDate);
        }
        Admittance admittance = new Admittance(Limits.STANDARD);
        ledger = Ledger.open(new Ledger.Settings(settings.node(), settings.lanes(), openDate), lanePool, dsl, admittance, registry);
        MasterCache register = new MasterCache(new RegisterTable(dsl));
        Gauge.builder("onecard.register.cards", register, MasterCache::countCards).description("cards in memory").register(registry);
        following = new RegisterFollower(register).start(FOLLOW_PAUSE);
        masterKeys = keys.tac().source();
        followingKeys = new KeyFollower(masterKeys).start(KEY_PAUSE);
        Gauge.builder("onecard.keys.ready", masterKeys, source -> source.isReady() ? 1 : 0).description("whether the keeper of the master keys answers").register(registry);
        corridor = TapCorridor.open(register, new TapVerifier(keys.tac()), admittance, ledger, registry);
        paymentPool = database.transactionPool("payments", settings.lanes() + 1);
        payments = PaymentCorridor.open(
                Payments.open(new Payments.Settings(settings.node(), settings.lanes(), PaymentLimits.STANDARD), paymentPool, dsl, registry), registry);
        new CategoryTable(dsl).publish(Category.COICOP, 1, CategoryFile.coicop(), clock.instant());
        deskPool = database.pool("desks", 8);
        desks = new Desks(partners, Database.dsl(deskPool), payments, clock);
        sweeping = new HoldSweeper(new OpenOrders(dsl), payments, clock).start(SWEEP_PAUSE);
        lookupPool = database.pool("payment-calls", LOOKUP_CONNECTIONS);
        terminals = TerminalServer.of(vertx, settings.address(), new TerminalServer.Desks(corridor, terminalDesk(keys, Desks.billKey(partners.keys()), clock),
                new TerminalDownloads(new HotlistTable(Database.dsl(lookupPool)), new RegisterTable(Database.dsl(lookupPool)), desks.cards(), clock)), this::isReady, clock);
        new JvmMemoryMetrics().bindTo(registry);
        Gauge.builder("onecard.connections", terminals, TerminalServer::openConnections).description("connections of terminals").register(registry);
        Gauge.builder("onecard.calls", terminals, TerminalServer::openStreams).description("calls of terminals").register(registry);
        api = new ApiDoor(vertx, new ApiServer.Address(settings.ports().api(), settings.address().tls()), database, new ApiDoor.Behind(payments, desks, Desks.billKey(partners.keys())), clock);
        operators = new OperatorServer(vertx, settings.ports().http(), this::isReady, registry);
        grpcPort = await(terminals.listen());
        httpPort = await(operators.listen());
        apiPort = await(api.listen());
    }

    private TerminalPayments terminalDesk(LoadDesk.Keys keys, StorageKey billKey, Clock clock) {
        DSLContext dsl = Database.dsl(lookupPool);
        RegisterTable register = new RegisterTable(dsl);
        LoadDesk loads = new LoadDesk(new LoadDesk.Register(register, new Loads(dsl)), keys, payments, clock);
        return new TerminalPayments(register, new OpenOrders(dsl), loads, new CallersCorridor(payments, new BillTable(dsl, billKey)), clock);
    }

    /** Whether taps can be verified and posted. */
    private boolean isReady() {
        return ledger.isReady() && masterKeys.isReady();
    }

    int grpcPort() {
        return grpcPort;
    }

    int httpPort() {
        return httpPort;
    }

    int apiPort() {
        return apiPort;
    }

    /** Takes no more, commits and acknowledges what is under way, and closes everything. */
    void close() throws InterruptedException {
        terminals.drain();
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (terminals.openStreams() > 0 && System.nanoTime() < until) {
            Thread.sleep(10);
        }
        await(terminals.close());
        await(api.close());
        corridor.close(PATIENCE);
        following.stop(PATIENCE);
        followingKeys.stop(PATIENCE);
        sweeping.stop(PATIENCE);
        desks.stop(PATIENCE);
        payments.close(PATIENCE);
        api.end(PATIENCE);
        await(operators.close());
        await(vertx.close());
        lanePool.close();
        paymentPool.close();
        deskPool.close();
        lookupPool.close();
        readerPool.close();
    }

    private static <T> T await(Future<T> future) throws InterruptedException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new OperationFailed(String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            throw new OperationFailed("no answer within " + PATIENCE.toSeconds() + " s");
        }
    }
}
