package cn.onecard.engine.post;

import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.TapOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One writer: a thread with a bounded queue and a shard of its own. It takes what has come, at most {@link #MAX_BATCH} taps,
 *  and commits it at once. It never waits for more: what comes during a commit is the next batch, so that a lonely tap is
 *  committed when it comes, and batches grow with the load by themselves. All taps of a PSAM go through one writer, in their order.
 *
 *  <p>While the database is away the writer repeats the same rows, ever more slowly; its queue fills and pushes back. */
final class Writer implements Runnable {
    /** Postings that wait for a writer; a caller with one more has to wait. */
    static final int QUEUE_CAPACITY = 20_000;
    private static final int MAX_BATCH = 1_024;
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final long IDLE_POLL_MILLIS = 100;
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    private final PostingTransaction transaction;
    private final DataSource pool;
    private final Consumer<BusinessDate> dateSeen;
    private final BlockingQueue<Ticket> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);
    private final Meters meters;
    private volatile boolean stopping;      // written by stop()
    private volatile boolean abandoned;     // written by abandon()
    private volatile boolean reachable = true;      // written by the writer's own thread

    Writer(PostingTransaction transaction, DataSource pool, Consumer<BusinessDate> dateSeen, MeterRegistry registry) {
        this.transaction = transaction;
        this.pool = pool;
        this.dateSeen = dateSeen;
        this.meters = new Meters(registry);
    }

    /** Waits for room if there is none. */
    void put(Ticket ticket) throws InterruptedException {
        queue.put(ticket);
    }

    int queued() {
        return queue.size();
    }

    /** Whether the last attempt reached the database. */
    boolean isReachable() {
        return reachable;
    }

    /** Ends the thread once the queue is empty. */
    void stop() {
        stopping = true;
    }

    /** Ends the thread as soon as may be; what is not committed is not acknowledged. */
    void abandon() {
        stopping = true;
        abandoned = true;
    }

    @Override
    public void run() {
        List<Ticket> batch = new ArrayList<>(MAX_BATCH);
        try {
            while (gather(batch)) {
                commit(List.copyOf(batch), PostingTransaction.Attempt.FIRST);
                batch.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            batch.addAll(queue);
            batch.forEach(ticket -> ticket.failed(e));
        }
    }

    private boolean gather(List<Ticket> batch) throws InterruptedException {
        Ticket first = queue.poll(IDLE_POLL_MILLIS, TimeUnit.MILLISECONDS);
        while (first == null) {
            if (stopping) {
                return false;
            }
            first = queue.poll(IDLE_POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
        batch.add(first);
        queue.drainTo(batch, MAX_BATCH - 1);
        return true;
    }

    private void commit(List<Ticket> tickets, PostingTransaction.Attempt first) throws InterruptedException {
        List<Posting> postings = tickets.stream().map(Ticket::posting).toList();
        PostingTransaction.Attempt attempt = first;
        long pauseMillis = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                answer(tickets, transact(postings, attempt));
                return;
            } catch (SQLException e) {
                switch (Failure.of(e)) {
                    case KEY_TAKEN -> attempt = attempt.keyTaken();
                    case ROW_REFUSED -> {
                        isolate(tickets, attempt, e);
                        return;
                    }
                    case TRY_AGAIN -> {
                        attempt = attempt.answerLost();
                        unreachable(tickets.size(), e);
                        if (abandoned) {
                            tickets.forEach(ticket -> ticket.failed(e));
                            return;
                        }
                        Thread.sleep(pauseMillis);
                        pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
                    }
                }
            } catch (RuntimeException e) {
                LOG.error("a batch of {} taps met a defect; it is not acknowledged", tickets.size(), e);
                tickets.forEach(ticket -> ticket.failed(e));
                return;
            }
        }
    }

    private PostingTransaction.Committed transact(List<Posting> postings, PostingTransaction.Attempt attempt) throws SQLException {
        long start = System.nanoTime();
        try (Connection connection = pool.getConnection()) {
            PostingTransaction.Committed committed = transaction.run(connection, postings, attempt);
            meters.committed(postings.size(), System.nanoTime() - start);
            return committed;
        } catch (DataAccessException e) {
            throw e.getCause() instanceof SQLException cause ? cause : new SQLException(e);
        }
    }

    private void answer(List<Ticket> tickets, PostingTransaction.Committed committed) {
        if (!reachable) {
            LOG.info("the database answers again");
        }
        reachable = true;
        dateSeen.accept(committed.date());
        for (int i = 0; i < tickets.size(); i++) {
            Posted posted = committed.posted().get(i);
            meters.count(posted.outcome());
            tickets.get(i).done(posted);
        }
    }

    /** Halves a batch until the row that the ledger refuses stands alone, so that its neighbours do not suffer for it. */
    private void isolate(List<Ticket> tickets, PostingTransaction.Attempt attempt, SQLException refused) throws InterruptedException {
        if (tickets.size() > 1) {
            int middle = tickets.size() / 2;
            commit(tickets.subList(0, middle), attempt);
            commit(tickets.subList(middle, tickets.size()), attempt);
            return;
        }
        Ticket only = tickets.getFirst();
        LOG.error("the ledger refuses the row of tap {}: error {}; kept as evidence", only.posting().key(), refused.getErrorCode());
        if (only.posting() instanceof Posting.Decided decided) {
            commit(List.of(new Ticket(decided.unbookable(), only.batch(), only.index())), attempt);
        } else {
            only.failed(refused);
        }
    }

    private void unreachable(int size, SQLException e) {
        if (reachable) {
            LOG.warn("{} taps wait for the database: error {}, SQL state {}", size, e.getErrorCode(), e.getSQLState());
        }
        reachable = false;
    }

    /** The figures of all writers together. */
    private static final class Meters {
        private final Map<TapOutcome, Counter> taps = new EnumMap<>(TapOutcome.class);
        private final Timer commit;
        private final DistributionSummary batch;

        Meters(MeterRegistry registry) {
            for (TapOutcome outcome : TapOutcome.values()) {
                taps.put(outcome, Counter.builder("onecard.taps").description("taps answered").tag("outcome", outcome.name())
                        .register(registry));
            }
            commit = Timer.builder("onecard.commit").description("time of a commit, from connection to answer")
                    .publishPercentiles(0.5, 0.99).register(registry);
            batch = DistributionSummary.builder("onecard.commit.taps").description("taps in a commit")
                    .publishPercentiles(0.5, 0.99).register(registry);
        }

        void committed(int size, long nanos) {
            commit.record(nanos, TimeUnit.NANOSECONDS);
            batch.record(size);
        }

        void count(TapOutcome outcome) {
            Counter counter = taps.get(outcome);
            if (counter != null) {
                counter.increment();
            }
        }
    }
}
