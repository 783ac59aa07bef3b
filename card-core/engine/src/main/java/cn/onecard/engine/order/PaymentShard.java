package cn.onecard.engine.order;

import cn.onecard.engine.post.Failure;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of the ways into the accounts, for one thread at a time: what it is given is one transaction.
 *
 *  <p>After a collision with another node the same requests are repeated at once, after a lost connection ever more slowly; whoever
 *  asked waits meanwhile. */
public final class PaymentShard {
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    /** Times that another node may come in our way, before it is a fault. */
    private static final int MOST_COLLISIONS = 20;
    /** Deadlock, and a row that was locked for too long: the server gave us up for somebody else. */
    private static final Set<Integer> LOCKED_OUT = Set.of(1213, 1205);
    private static final Logger LOG = LoggerFactory.getLogger(PaymentShard.class);

    private final String name;
    private final PaymentTransaction transaction;
    private final DataSource pool;
    private final PaymentMeters meters;
    private volatile boolean abandoned;             // written by abandon()
    private boolean reachable = true;               // of the thread that commits

    PaymentShard(String name, PaymentTransaction transaction, DataSource pool, MeterRegistry registry) {
        this.name = name;
        this.transaction = transaction;
        this.pool = pool;
        this.meters = new PaymentMeters(registry);
    }

    /** Name of the row that this shard locks: node and number. */
    public String name() {
        return name;
    }

    /** Does requests in one transaction, or in several if the ledger refuses one of them. Repeats until that has succeeded.
     *
     *  @return the answers, in order
     *  @throws NotDone if the shard was abandoned before; some of it may be committed nevertheless
     *  @throws InterruptedException if interrupted between two attempts, with the same remark */
    public List<PaymentAnswer> run(List<PaymentRequest> requests) throws InterruptedException {
        return requests.isEmpty() ? List.of() : commit(requests);
    }

    /** Makes an attempt that fails from now on the last one. From any thread. */
    public void abandon() {
        abandoned = true;
    }

    private List<PaymentAnswer> commit(List<PaymentRequest> requests) throws InterruptedException {
        long pauseMillis = FIRST_PAUSE_MILLIS;
        int collisions = 0;
        while (true) {
            try {
                return committed(transact(requests));
            } catch (SQLException e) {
                Failure failure = Failure.of(e);
                if ((failure == Failure.KEY_TAKEN || LOCKED_OUT.contains(e.getErrorCode())) && ++collisions < MOST_COLLISIONS) {
                    continue;
                }
                if (failure != Failure.TRY_AGAIN) {
                    return isolate(requests, e);
                }
                unreachable(requests.size(), e);
                if (abandoned) {
                    throw new NotDone(e);
                }
                Thread.sleep(pauseMillis);
                pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
            }
        }
    }

    private List<PaymentAnswer> transact(List<PaymentRequest> requests) throws SQLException {
        long start = System.nanoTime();
        try (Connection connection = pool.getConnection()) {
            List<PaymentAnswer> answers = transaction.run(connection, requests);
            meters.committed(answers, System.nanoTime() - start);
            return answers;
        } catch (DataAccessException e) {
            throw e.getCause() instanceof SQLException cause ? cause : new SQLException(e);
        }
    }

    private List<PaymentAnswer> committed(List<PaymentAnswer> answers) {
        if (!reachable) {
            LOG.info("the database answers again");
        }
        reachable = true;
        return answers;
    }

    /** Halves until the request that the ledger refuses stands alone, so that its neighbours do not suffer for it. */
    private List<PaymentAnswer> isolate(List<PaymentRequest> requests, SQLException refused) throws InterruptedException {
        if (requests.size() > 1) {
            int middle = requests.size() / 2;
            List<PaymentAnswer> answers = new ArrayList<>(commit(requests.subList(0, middle)));
            answers.addAll(commit(requests.subList(middle, requests.size())));
            return answers;
        }
        PaymentRequest only = requests.getFirst();
        LOG.error("the ledger refuses the rows of order {}: error {}", only.order(), refused.getErrorCode());
        return List.of(new PaymentAnswer.Refused(only.order(), PaymentRefusal.NOT_BOOKABLE));
    }

    private void unreachable(int size, SQLException e) {
        if (reachable) {
            LOG.warn("{} payment requests are tried again: error {}, SQL state {}", size, e.getErrorCode(), e.getSQLState());
        }
        reachable = false;
    }
}
