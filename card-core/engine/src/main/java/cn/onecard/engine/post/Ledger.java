package cn.onecard.engine.post;

import cn.onecard.engine.admit.Admittance;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.TerminalId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jooq.DSLContext;

/** The way into the journal: a few writers, each with its own thread, connection and shard. */
public final class Ledger {
    private final List<Writer> writers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<BusinessDate> openDate;
    private final DataSource pool;

    private Ledger(BusinessDate openDate, DataSource pool) {
        this.openDate = new AtomicReference<>(openDate);
        this.pool = pool;
    }

    /** How a ledger is run.
     *
     *  @param node name of this core node, unique among the nodes on one database
     *  @param writers number of writers, at least 1
     *  @param openDate the open business date */
    public record Settings(String node, int writers, BusinessDate openDate) {}

    /** Starts the writers.
     *
     *  @param pool as many connections as there are writers, or more */
    public static Ledger start(Settings settings, DataSource pool, DSLContext dsl, Admittance admittance, MeterRegistry registry) {
        Ledger ledger = new Ledger(settings.openDate(), pool);
        JournalTable table = new JournalTable(dsl);
        EarlierDays earlierDays = new EarlierDays();
        Calendar calendar = new Calendar(dsl);
        for (int i = 1; i <= settings.writers(); i++) {
            String shard = settings.node() + "-" + i;
            calendar.openShard(shard);
            PostingTransaction transaction = new PostingTransaction(shard, table, earlierDays, calendar, admittance);
            Writer writer = new Writer(transaction, pool, ledger.openDate::set, registry);
            Gauge.builder("onecard.queue.taps", writer, Writer::queued).description("taps that wait for a writer")
                    .tag("writer", shard).register(registry);
            ledger.writers.add(writer);
            ledger.threads.add(Thread.ofPlatform().name("writer-" + shard).start(writer));
        }
        return ledger;
    }

    /** The open business date, as the latest commit saw it. It may have moved since; the writers look again. */
    public BusinessDate openDate() {
        return openDate.get();
    }

    /** Hands a batch to the writers. Waits while their queues are full.
     *
     *  @return completes, in the order of the batch, after everything in it is committed; fails if it cannot be */
    public CompletionStage<List<Posted>> post(List<Posting> postings) throws InterruptedException {
        Ticket.Batch batch = new Ticket.Batch(postings.size());
        for (int i = 0; i < postings.size(); i++) {
            writer(postings.get(i).key().terminal()).put(new Ticket(postings.get(i), batch, i));
        }
        return batch.answer();
    }

    /** Whether the database answers, as far as the writers know and by asking it. May take seconds. */
    public boolean isReady() {
        if (!writers.stream().allMatch(Writer::isReachable)) {
            return false;
        }
        try (Connection connection = pool.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException unreachable) {
            return false;
        }
    }

    /** Commits what waits and ends the writers. What cannot be committed within the time is not acknowledged. */
    public void close(Duration patience) throws InterruptedException {
        writers.forEach(Writer::stop);
        long until = System.nanoTime() + patience.toNanos();
        for (Thread thread : threads) {
            thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
        }
        writers.forEach(Writer::abandon);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private Writer writer(TerminalId terminal) {
        return writers.get(Math.floorMod(Long.hashCode(terminal.value() * 0x9E37_79B9_7F4A_7C15L), writers.size()));
    }
}
