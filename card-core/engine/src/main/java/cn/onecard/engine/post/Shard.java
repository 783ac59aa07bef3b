package cn.onecard.engine.post;

import cn.onecard.vocabulary.BusinessDate;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of the ways into the journal, for one thread at a time: what it is given is one transaction.
 *
 *  <p>While the database is away the same rows are repeated, ever more slowly; whoever hands in waits meanwhile. */
public final class Shard {
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final Logger LOG = LoggerFactory.getLogger(Shard.class);

    private final String name;
    private final PostingTransaction transaction;
    private final DataSource pool;
    private final Consumer<BusinessDate> dateSeen;
    private final CommitMeters meters;
    private volatile boolean abandoned;             // written by abandon()
    private volatile boolean reachable = true;      // written by the thread that posts

    Shard(String name, PostingTransaction transaction, DataSource pool, Consumer<BusinessDate> dateSeen, MeterRegistry registry) {
        this.name = name;
        this.transaction = transaction;
        this.pool = pool;
        this.dateSeen = dateSeen;
        this.meters = new CommitMeters(registry);
    }

    /** Name of the row that this shard locks: node and number. */
    public String name() {
        return name;
    }

    /** Commits postings in one transaction, or in several if one of them cannot be booked. Repeats until that has succeeded.
     *
     *  @return what became of each, in order
     *  @throws NotPosted if the shard was abandoned before; some of it may be committed nevertheless
     *  @throws InterruptedException if interrupted between two attempts, with the same remark */
    public List<Posted> post(List<Posting> postings) throws InterruptedException {
        return postings.isEmpty() ? List.of() : commit(postings, PostingTransaction.Attempt.FIRST);
    }

    /** Makes an attempt that fails from now on the last one. From any thread. */
    public void abandon() {
        abandoned = true;
    }

    /** Whether the last attempt reached the database. */
    boolean isReachable() {
        return reachable;
    }

    private List<Posted> commit(List<Posting> postings, PostingTransaction.Attempt first) throws InterruptedException {
        PostingTransaction.Attempt attempt = first;
        long pauseMillis = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                return committed(transact(postings, attempt));
            } catch (SQLException e) {
                switch (Failure.of(e)) {
                    case KEY_TAKEN -> attempt = attempt.keyTaken();
                    case ROW_REFUSED -> {
                        return isolate(postings, attempt, e);
                    }
                    case TRY_AGAIN -> {
                        attempt = attempt.answerLost();
                        unreachable(postings.size(), e);
                        if (abandoned) {
                            throw new NotPosted(e);
                        }
                        Thread.sleep(pauseMillis);
                        pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
                    }
                }
            }
        }
    }

    private PostingTransaction.Committed transact(List<Posting> postings, PostingTransaction.Attempt attempt) throws SQLException {
        long start = System.nanoTime();
        try (Connection connection = pool.getConnection()) {
            PostingTransaction.Committed committed = transaction.run(connection, postings, attempt);
            meters.committed(committed.posted(), System.nanoTime() - start);
            return committed;
        } catch (DataAccessException e) {
            throw e.getCause() instanceof SQLException cause ? cause : new SQLException(e);
        }
    }

    private List<Posted> committed(PostingTransaction.Committed committed) {
        if (!reachable) {
            LOG.info("the database answers again");
        }
        reachable = true;
        dateSeen.accept(committed.date());
        return committed.posted();
    }

    /** Halves until the row that the ledger refuses stands alone, so that its neighbours do not suffer for it. */
    private List<Posted> isolate(List<Posting> postings, PostingTransaction.Attempt attempt, SQLException refused) throws InterruptedException {
        if (postings.size() > 1) {
            int middle = postings.size() / 2;
            List<Posted> posted = new ArrayList<>(commit(postings.subList(0, middle), attempt));
            posted.addAll(commit(postings.subList(middle, postings.size()), attempt));
            return posted;
        }
        Posting only = postings.getFirst();
        LOG.error("the ledger refuses the row of tap {}: error {}; kept as evidence", only.key(), refused.getErrorCode());
        if (only instanceof Posting.Decided decided) {
            return commit(List.of(decided.unbookable()), attempt);
        }
        throw new NotPosted(refused);
    }

    private void unreachable(int size, SQLException e) {
        if (reachable) {
            LOG.warn("{} taps wait for the database: error {}, SQL state {}", size, e.getErrorCode(), e.getSQLState());
        }
        reachable = false;
    }
}
