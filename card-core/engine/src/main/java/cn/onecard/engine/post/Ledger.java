package cn.onecard.engine.post;

import cn.onecard.engine.admit.Admittance;
import cn.onecard.vocabulary.BusinessDate;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jooq.DSLContext;

/** The journal, as a core node posts to it: over a few shards, whose transactions do not wait for each other. */
public final class Ledger {
    private final List<Shard> shards = new ArrayList<>();
    private final AtomicReference<BusinessDate> openDate;
    private final DataSource pool;

    private Ledger(BusinessDate openDate, DataSource pool) {
        this.openDate = new AtomicReference<>(openDate);
        this.pool = pool;
    }

    /** How a ledger is run.
     *
     *  @param node name of this core node, unique among the nodes on one database
     *  @param shards number of shards, at least 1
     *  @param openDate the open business date */
    public record Settings(String node, int shards, BusinessDate openDate) {}

    /** Opens the shards.
     *
     *  @param pool as many connections as there are shards, or more */
    public static Ledger open(Settings settings, DataSource pool, DSLContext dsl, Admittance admittance, MeterRegistry registry) {
        Ledger ledger = new Ledger(settings.openDate(), pool);
        JournalTable table = new JournalTable(dsl);
        EarlierDays earlierDays = new EarlierDays();
        Calendar calendar = new Calendar(dsl);
        for (int i = 1; i <= settings.shards(); i++) {
            String name = settings.node() + "-" + i;
            calendar.openShard(name);
            PostingTransaction transaction = new PostingTransaction(name, table, earlierDays, calendar, admittance);
            ledger.shards.add(new Shard(name, transaction, pool, ledger.openDate::set, registry));
        }
        return ledger;
    }

    /** The ways in, each for one thread. */
    public List<Shard> shards() {
        return List.copyOf(shards);
    }

    /** The open business date, as the latest commit saw it. It may have moved since; the transaction looks again. */
    public BusinessDate openDate() {
        return openDate.get();
    }

    /** Whether the database answers, as far as the shards know and by asking it. May take seconds. */
    public boolean isReady() {
        if (!shards.stream().allMatch(Shard::isReachable)) {
            return false;
        }
        try (Connection connection = pool.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException unreachable) {
            return false;
        }
    }
}
