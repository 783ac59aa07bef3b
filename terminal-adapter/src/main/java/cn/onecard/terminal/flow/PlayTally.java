package cn.onecard.terminal.flow;

import cn.onecard.terminal.tap.TapResult;
import cn.onecard.vocabulary.Money;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Counts what happens at the terminals while a plan is played. Safe for use by several threads. */
final class PlayTally {
    private final Map<TapResult.Why, Integer> refused = new EnumMap<>(TapResult.Why.class);
    private final long[] nanos;   // guarded by this, as is all below
    private int taps;
    private int paid;
    private int unknown;
    private int forged;
    private Money debited = Money.ZERO;

    /** A tally of at most so many acts. */
    PlayTally(int acts) {
        this.nanos = new long[acts];
    }

    synchronized void tapped(TapResult result, long took) {
        nanos[taps] = took;
        taps++;
        switch (result) {
            case TapResult.Paid done -> {
                paid++;
                debited = debited.plus(done.frame().debit().amount());
            }
            case TapResult.Refused no -> refused.merge(no.why(), 1, Integer::sum);
            case TapResult.Listed _ -> throw new IllegalStateException("a plan is played without a hotlist");
            case TapResult.Unknown _ -> unknown++;
        }
    }

    synchronized void forged() {
        forged++;
    }

    /** Acts performed so far. */
    synchronized int done() {
        return taps + forged;
    }

    /** Cards tapped. */
    synchronized int taps() {
        return taps;
    }

    synchronized int paid() {
        return paid;
    }

    /** Taps whose outcome the terminal does not know. */
    synchronized int unknown() {
        return unknown;
    }

    /** By reason. */
    synchronized Map<TapResult.Why, Integer> refused() {
        return new EnumMap<>(refused);
    }

    /** What the terminals say the cards paid. */
    synchronized Money debited() {
        return debited;
    }

    /** How long a tap took, from the card on the reader to the answer: the time that so many per cent did not exceed, in
     *  nanoseconds; 0 without taps. */
    synchronized long percentileNanos(int percent) {
        if (taps == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(nanos, taps);
        Arrays.sort(sorted);
        return sorted[(int) Math.ceilDiv((long) taps * percent, 100L) - 1];
    }
}
