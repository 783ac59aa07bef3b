package cn.onecard.engine.boot;

import cn.onecard.engine.flow.PaymentCorridor;
import cn.onecard.engine.order.PaymentLimits;
import cn.onecard.engine.order.Payments;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.jooq.DSLContext;
import org.jooq.exception.NoDataFoundException;

/** A node for payments beside the core, on the same database, for as long as a command lasts: what it asks goes through lanes of its own. */
final class BesideNode {
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private BesideNode() {}

    /** What is done there. */
    interface Work {
        int at(PaymentCorridor corridor, DSLContext dsl) throws Exception;
    }

    /** Opens a node, works and closes it.
     *
     *  @param name of the node, unique among those on the database
     *  @param lanes of its corridor */
    static int work(DataDir data, String name, int lanes, Work work) throws Exception {
        Database database = Database.open(data.root(), Account.ENGINE);
        try (HikariDataSource reading = database.pool(name, 2); HikariDataSource writing = database.transactionPool(name + "-pay", lanes + 1)) {
            DSLContext dsl = Database.dsl(reading);
            PaymentCorridor corridor = corridor(name, lanes, writing, dsl);
            try {
                return work.at(corridor, dsl);
            } finally {
                corridor.close(CLOSING);
            }
        }
    }

    private static PaymentCorridor corridor(String name, int lanes, HikariDataSource writing, DSLContext dsl) {
        try {
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            return PaymentCorridor.open(Payments.open(new Payments.Settings(name, lanes, PaymentLimits.STANDARD), writing, dsl, registry), registry);
        } catch (NoDataFoundException e) {
            throw new OperationFailed("the books were never begun; './onecard core serve' begins them");
        }
    }
}
