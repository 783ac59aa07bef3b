package cn.onecard.engine.api;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** The nonces of late, so that nobody sends a caller's request once more. Two generations, each as long as a signature can be
 *  believed: a nonce is remembered for at least so long and at most twice. It is kept by each node alone: what a second node is
 *  sent again is either read only or has its idempotency key under the signature, and so gets its first answer. Thread-safe. */
final class NonceMemory {
    private final long generationMillis;
    private final int most;
    private long generation;                            // written under the lock, as the sets are
    private Set<String> older = new HashSet<>();
    private Set<String> newer = new HashSet<>();

    /** What a nonce is. */
    enum Verdict {
        /** Never seen. */
        FRESH,
        /** Seen before. */
        USED,
        /** There is no room to remember it. */
        NO_ROOM
    }

    /** An empty memory.
     *
     *  @param believed how far the time of a signature may lie from ours, either way
     *  @param most nonces of a generation */
    NonceMemory(Duration believed, int most) {
        this.generationMillis = 2 * believed.toMillis();
        this.most = most;
    }

    /** Takes a nonce in. */
    synchronized Verdict remember(String caller, String nonce, Instant now) {
        turn(now.toEpochMilli() / generationMillis);
        String key = caller + '\0' + nonce;
        if (newer.contains(key) || older.contains(key)) {
            return Verdict.USED;
        }
        if (newer.size() >= most) {
            return Verdict.NO_ROOM;
        }
        newer.add(key);
        return Verdict.FRESH;
    }

    /** Forgets what is old enough. A clock that is set back forgets nothing. */
    private void turn(long current) {
        if (current > generation) {
            older = current == generation + 1 ? newer : new HashSet<>();
            newer = new HashSet<>();
            generation = current;
        }
    }
}
