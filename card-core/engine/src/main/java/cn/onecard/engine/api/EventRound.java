package cn.onecard.engine.api;

import java.time.Clock;
import java.time.Duration;
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
    /** How many came to an end. Written by the thread that goes round. */
    private long rounds;

    public EventRound(EventTable events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    /** One round, or a part of it. The first looks far back: nobody knows how long the house was dark.
     *
     *  @return whether there may be more to number at once */
    public boolean round() {
        try {
            boolean more = events.number(clock.instant().minus(rounds % LITTLE_ROUNDS == 0 ? FAR : LITTLE)) > 0;
            rounds += more ? 0 : 1;
            return more;
        } catch (DataAccessException e) {
            LOG.warn("steps of orders wait for their numbers", e);
            return false;
        }
    }
}
