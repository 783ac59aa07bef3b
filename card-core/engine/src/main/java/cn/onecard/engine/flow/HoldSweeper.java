package cn.onecard.engine.flow;

import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.OpenOrders;
import cn.onecard.engine.order.OrderEvent;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentRequest.Change;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends holds and quotes whose time is over, through the same lanes as everybody. Several nodes may sweep at once: the first
 *  ends a hold, the others get its answer. */
public final class HoldSweeper {
    /** Ended at once. */
    static final int MOST = 500;
    private static final Logger LOG = LoggerFactory.getLogger(HoldSweeper.class);

    private final OpenOrders orders;
    private final PaymentCorridor corridor;
    private final Clock clock;
    private final CountDownLatch told = new CountDownLatch(1);

    public HoldSweeper(OpenOrders orders, PaymentCorridor corridor, Clock clock) {
        this.orders = orders;
        this.corridor = corridor;
        this.clock = clock;
    }

    /** Sweeps again and again until it is told to end.
     *
     *  @param pause between two sweeps that found little */
    public Thread start(Duration pause) {
        return Thread.ofPlatform().daemon().name("hold-sweeper").start(() -> {
            try {
                boolean more = false;
                while (more ? told.getCount() > 0 : !told.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    more = sweepOrReport() == MOST;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Ends the sweeping after the sweep that is under way. */
    public void stop() {
        told.countDown();
    }

    /** Ends what is over now, at most {@link #MOST}.
     *
     *  @return how many were found */
    public int sweep() throws InterruptedException, ExecutionException {
        Instant now = clock.instant();
        List<OpenOrders.Due> due = orders.listDue(now, MOST);
        List<CompletableFuture<PaymentAnswer>> answers = new ArrayList<>();
        for (OpenOrders.Due one : due) {
            CallKey key = CallKey.ofHouse("expiry", one.order() + "-" + one.expiresAt().toEpochMilli());
            answers.add(corridor.take(Change.of(key, one.order(), OrderEvent.EXPIRE, "its time is over", now)));
        }
        for (CompletableFuture<PaymentAnswer> answer : answers) {
            answer.get();
        }
        return due.size();
    }

    /** What was not swept is swept next time. */
    private int sweepOrReport() throws InterruptedException {
        try {
            return sweep();
        } catch (DataAccessException | ExecutionException e) {
            LOG.warn("holds whose time is over wait for the next sweep", e);
            return 0;
        }
    }
}
