package cn.onecard.engine.bench.crash;

import cn.onecard.engine.bench.BenchFailed;
import cn.onecard.wire.proto.BatchAck;
import cn.onecard.wire.proto.Outcome;
import cn.onecard.wire.proto.TapAck;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The counts of one phase of a crash run. Thread-safe: the event loop counts, the one who kills waits for it. */
final class Tally {
    private final String name;
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private int kills;
    private long taps;
    private long fenSent;
    private long sends;
    private long acknowledged;
    private long longestGapNanos;
    private long lastAcknowledgement;       // of System.nanoTime; 0 before the first
    private long rows;
    private long fenBooked;
    private long evidence;

    /** An empty count.
     *
     *  @param name of the phase, as the report says it */
    Tally(String name) {
        this.name = name;
    }

    /** The counts at one moment.
     *
     *  @param kills processes killed
     *  @param taps different taps sent, whatever kind
     *  @param sends taps sent, every repetition counted
     *  @param acknowledged answers, every repetition counted
     *  @param longestGapNanos between two acknowledgements
     *  @param rows of the journal
     *  @param evidence rows of evidence
     *  @param fenSent with the true taps
     *  @param fenBooked in the journal's rows */
    record Counts(String name, int kills, long taps, long sends, long acknowledged, Map<Outcome, Long> outcomes, long longestGapNanos, long rows,
            long evidence, long fenSent, long fenBooked) {}

    synchronized Counts counts() {
        return new Counts(name, kills, taps, sends, acknowledged, new EnumMap<>(outcomes), longestGapNanos, rows, evidence, fenSent, fenBooked);
    }

    synchronized void killed() {
        kills++;
    }

    /** A new tap. */
    synchronized void made(SentTap tap) {
        taps++;
        if (tap.kind() == SentTap.Kind.TRUE) {
            fenSent += tap.amountFen();
        }
    }

    /** Taps went out. */
    synchronized void sent(int more) {
        sends += more;
    }

    /** An acknowledgement came. */
    synchronized void acknowledged(BatchAck ack) {
        long now = System.nanoTime();
        if (acknowledged > 0) {
            longestGapNanos = Math.max(longestGapNanos, now - lastAcknowledgement);
        }
        lastAcknowledgement = now;
        acknowledged += ack.getAcksCount();
        for (TapAck one : ack.getAcksList()) {
            outcomes.merge(one.getOutcome(), 1L, Long::sum);
        }
        notifyAll();
    }

    /** A row of the journal was found. */
    synchronized void booked(long fen) {
        rows++;
        fenBooked += fen;
    }

    /** A row of evidence was found. */
    synchronized void kept() {
        evidence++;
    }

    /** Waits for acknowledgements.
     *
     *  @param more so many taps from now on
     *  @throws BenchFailed if they do not come in time */
    synchronized void awaitAcknowledged(long more, int seconds) {
        long wanted = acknowledged + more;
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try {
            while (acknowledged < wanted) {
                long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                if (left <= 0) {
                    throw new BenchFailed(name + ": " + (wanted - acknowledged) + " taps were not acknowledged within " + seconds + " s");
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailed("interrupted", e);
        }
    }
}
