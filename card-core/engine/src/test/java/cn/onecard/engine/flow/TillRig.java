package cn.onecard.engine.flow;

import cn.onecard.engine.order.AccountId;
import cn.onecard.engine.order.Accounts;
import cn.onecard.engine.order.Asking;
import cn.onecard.engine.order.BalanceCheck;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentLimits;
import cn.onecard.engine.order.Payments;
import cn.onecard.engine.post.Calendar;
import cn.onecard.engine.rail.register.Basket;
import cn.onecard.engine.rail.register.Baskets;
import cn.onecard.engine.rail.register.Means;
import cn.onecard.engine.rail.register.Sale;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.vocabulary.PartyId;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.jooq.DSLContext;

/** A shop with a till, in front of a core with wallets that have money on them. */
final class TillRig {
    static final Sale.Till TILL = new Sale.Till(new PartyId(7), 20, "store-3", "till-1");

    private final HikariDataSource pool;
    private final HikariDataSource payPool;
    private final PaymentCorridor corridor;
    private final SaleDesk desk;

    /** Begins the books and fills wallets.
     *
     *  @param wallets how many, from 0 on
     *  @param funds on each */
    TillRig(int wallets, long funds) throws Exception {
        TestDatabase.wipe();
        Database database = TestDatabase.database(Account.ENGINE);
        pool = database.pool("sales", 4);
        payPool = database.transactionPool("payments", 3);
        new Calendar(dsl()).openOrBegin(Asking.DAY, Asking.NOW);
        Payments payments = Payments.open(new Payments.Settings("here", 2, PaymentLimits.STANDARD), payPool, dsl(), new SimpleMeterRegistry());
        corridor = PaymentCorridor.open(payments, new SimpleMeterRegistry());
        desk = SaleDesk.open("here", dsl(), corridor, Clock.fixed(Asking.NOW, ZoneOffset.UTC));
        for (int wallet = 0; wallet < wallets; wallet++) {
            new Accounts(dsl()).open(Asking.wallet(wallet), PaymentLimits.REGISTERED, Asking.DAY, Asking.NOW);
            if (!(corridor.take(Asking.deposit("funds-" + wallet, wallet, funds)).get() instanceof PaymentAnswer.Done)) {
                throw new IllegalStateException("wallet " + wallet + " was not filled");
            }
        }
    }

    DSLContext dsl() {
        return Database.dsl(pool);
    }

    SaleDesk desk() {
        return desk;
    }

    PaymentCorridor corridor() {
        return corridor;
    }

    BalanceCheck.Finding books() throws Exception {
        return new BalanceCheck(pool).run();
    }

    long balanceFen(int wallet) {
        return new Accounts(dsl()).findBalance(Asking.wallet(wallet)).orElseThrow().balance().fen();
    }

    /** A sale for what its basket comes to. */
    static Sale sale(String key, Basket basket, Means means) {
        return new Sale(CallKey.ofCaller(Asking.SHOP, key), TILL, basket, Baskets.amount(basket), means, Asking.NOW);
    }

    static Means wallet(int wallet) {
        AccountId account = Asking.wallet(wallet);
        return new Means.OnLine(account);
    }

    void close() throws InterruptedException {
        corridor.close(Duration.ofSeconds(10));
        payPool.close();
        pool.close();
    }
}
