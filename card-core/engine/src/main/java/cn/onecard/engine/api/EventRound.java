package cn.onecard.engine.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Numbers the steps of callers' orders, round after round: each looks a little way back, and now and then one looks far back, for
 *  a step that was committed long after it was asked for. Any number of nodes may do so. */
public final class EventRound {
    private static final Duration LITTLE = Duration.ofMinutes(2);
    private static final Duration FAR = Duration.ofDays(3);
    private static final int LITTLE_ROUNDS = 600;
    private static final Logger LOG = LoggerFactory.getLogger(EventRound.class);

    private final EventTable events;
    private final Clock clock;
    private final CountDownLatch told = new CountDownLatch(1);

    public EventRound(EventTable events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    /** Goes round until it is told to end. The first round looks far back: nobody knows how long the house was dark. */
    public Thread start(Duration pause) {
        return Thread.ofPlatform().daemon().name("event-round").start(() -> {
            try {
                for (long round = 0; !told.await(pause.toMillis(), TimeUnit.MILLISECONDS); round++) {
                    numberOrReport(clock.instant().minus(round % LITTLE_ROUNDS == 0 ? FAR : LITTLE));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Ends after the round that is under way. */
    public void stop() {
        told.countDown();
    }

    /** What has no number now gets it in another round. */
    private void numberOrReport(Instant since) {
        try {
            int numbered;
            do {
                numbered = events.number(since);
            } while (numbered > 0 && told.getCount() > 0);
        } catch (DataAccessException e) {
            LOG.warn("steps of orders wait for their numbers", e);
        }
    }
}
