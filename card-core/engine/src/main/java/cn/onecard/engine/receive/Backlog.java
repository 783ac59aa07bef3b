package cn.onecard.engine.receive;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

/** The taps between arrival and acknowledgement, of each gateway and in all.
 *
 *  <p><b>Bound.</b> At {@link ReceiveLimits#tapsOfGateway()} the calls of a gateway are paused, at {@link ReceiveLimits#tapsInAll()}
 *  all calls. The batch that reaches the limit is still taken, so either may be passed by one batch.
 *
 *  <p><b>Fairness.</b> Calls go on at three quarters of the limit, so that not every acknowledgement wakes all of them. Each time
 *  another gateway, and of a gateway another call, is the first.
 *
 *  <p><b>Threads.</b> All of it is on the server's event loop, which is one. */
final class Backlog {
    private final ReceiveLimits limits;
    private final SequencedMap<String, Share> shares = new LinkedHashMap<>();
    private int taps;
    private boolean full;

    Backlog(ReceiveLimits limits) {
        this.limits = limits;
    }

    /** Something that can be told that it may read, or may not. */
    interface Reader {
        /** Looks at {@link Share#mayRead()} and acts accordingly. */
        void regulate();
    }

    /** What a gateway has in the backlog. */
    Share share(String gateway) {
        return shares.computeIfAbsent(gateway, Share::new);
    }

    private static boolean isFull(boolean before, int taps, int limit) {
        return before ? taps > limit / 4 * 3 : taps >= limit;
    }

    /** What one gateway has in the backlog. Calls that are over still count until their taps are answered. */
    final class Share {
        private final String gateway;
        private final SequencedSet<Reader> calls = new LinkedHashSet<>();
        private int ownTaps;
        private boolean ownFull;

        private Share(String gateway) {
            this.gateway = gateway;
        }

        boolean mayRead() {
            return !full && !ownFull;
        }

        /** Opens a call.
         *
         *  @return false if the gateway has as many as it may */
        boolean open(Reader call) {
            return calls.size() < limits.callsOfGateway() && calls.add(call);
        }

        /** A batch came. */
        void arrived(ReceivedBatch batch) {
            count(weight(batch));
        }

        /** A batch was answered, or never will be. */
        void answered(ReceivedBatch batch) {
            count(-weight(batch));
            forgetIfEmpty();
        }

        /** A call is over. */
        void close(Reader call) {
            calls.remove(call);
            forgetIfEmpty();
        }

        private void count(int change) {
            ownTaps += change;
            taps += change;
            boolean ownBefore = ownFull;
            boolean before = full;
            ownFull = isFull(ownFull, ownTaps, limits.tapsOfGateway());
            full = isFull(full, taps, limits.tapsInAll());
            if (before != full) {
                regulateAll();
            } else if (ownBefore != ownFull) {
                regulate();
            }
        }

        private void regulate() {
            List.copyOf(calls).forEach(Reader::regulate);       // a call that goes on may change the set, and the answer for the next
            if (!calls.isEmpty()) {
                calls.addLast(calls.removeFirst());
            }
        }

        private void forgetIfEmpty() {
            if (calls.isEmpty() && ownTaps == 0) {
                shares.remove(gateway);
            }
        }
    }

    private void regulateAll() {
        List.copyOf(shares.values()).forEach(Share::regulate);
        Map.Entry<String, Share> first = shares.pollFirstEntry();
        if (first != null) {
            shares.putLast(first.getKey(), first.getValue());
        }
    }

    /** An empty batch takes some room too. */
    private static int weight(ReceivedBatch batch) {
        return Math.max(1, batch.taps().size());
    }
}
