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
import java.util.concurrent.ExecutionException;
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

    public HoldSweeper(OpenOrders orders, PaymentCorridor corridor, Clock clock) {
        this.orders = orders;
        this.corridor = corridor;
        this.clock = clock;
    }

    /** Sweeps again and again.
     *
     *  @param pause between two sweeps that found little */
    public Repeating start(Duration pause) {
        return Repeating.start("hold-sweeper", pause, () -> sweepOrReport() == MOST);
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
