package cn.onecard.terminal.uplink;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The pauses between attempts: each twice the one before, up to a longest, and of each a random part between half and all of
 *  it, so that the gateways of a depot do not come back in step. */
final class Backoff {
    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private Duration next;   // written by next and reset

    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
        this.next = first;
    }

    Duration next() {
        long nanos = next.toNanos();
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(longest) > 0 ? longest : doubled;
        return Duration.ofNanos(nanos - random.nextLong(nanos / 2 + 1));
    }

    void reset() {
        next = first;
    }
}
