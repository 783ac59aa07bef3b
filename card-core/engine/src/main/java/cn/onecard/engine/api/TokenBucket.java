package cn.onecard.engine.api;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How often a caller may ask: so many times a second for long, and twice as many at once. Thread-safe. */
final class TokenBucket {
    private static final long A_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int perSecond;
    private final long nanosOfOne;
    /** When the bucket will have been full again, on the clock of {@link System#nanoTime}; written under the lock. */
    private long fullAt;

    TokenBucket(int perSecond, long nanoTime) {
        this.perSecond = perSecond;
        this.nanosOfOne = A_SECOND / perSecond;
        this.fullAt = nanoTime;
    }

    int perSecond() {
        return perSecond;
    }

    /** Takes a token.
     *
     *  @return how long to wait if there is none, else zero */
    synchronized Duration take(long nanoTime) {
        long since = Math.max(0, fullAt - nanoTime);
        long tooMuch = since + nanosOfOne - 2 * A_SECOND;
        if (tooMuch > 0) {
            return Duration.ofNanos(tooMuch);
        }
        fullAt = nanoTime + since + nanosOfOne;
        return Duration.ZERO;
    }
}
