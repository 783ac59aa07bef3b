package cn.onecard.engine.order;

import cn.onecard.engine.post.Calendar;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jooq.DSLContext;

/** The accounts and orders, as a core node works on them: over a few shards. */
public final class Payments {
    private final List<PaymentShard> shards;

    private Payments(List<PaymentShard> shards) {
        this.shards = shards;
    }

    /** How payments are run.
     *
     *  @param node name of this core node, unique among the nodes on one database
     *  @param shards number of shards, at least 1
     *  @param limits what accounts may do */
    public record Settings(String node, int shards, PaymentLimits limits) {}

    /** Opens the shards. The books must have been begun.
     *
     *  @param pool as many connections as there are shards, or more */
    public static Payments open(Settings settings, DataSource pool, DSLContext dsl, MeterRegistry registry) {
        OrderReads reads = new OrderReads(dsl);
        OrderRows rows = new OrderRows(dsl);
        Calendar calendar = new Calendar(dsl);
        return new Payments(IntStream.rangeClosed(1, settings.shards()).mapToObj(number -> {
            String name = settings.node() + "-pay-" + number;
            calendar.openShard(name);
            return new PaymentShard(name, new PaymentTransaction(name, reads, rows, calendar, settings.limits()), pool, registry);
        }).toList());
    }

    /** The ways in, each for one thread. */
    public List<PaymentShard> shards() {
        return shards;
    }
}
