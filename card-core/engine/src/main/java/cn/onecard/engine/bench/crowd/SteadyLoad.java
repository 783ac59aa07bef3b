package cn.onecard.engine.bench.crowd;

import cn.onecard.engine.bench.SingleLoad;
import cn.onecard.engine.bench.Waiting;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Terminals that behave: each sends one tap at a time by a timetable and waits for the answer. The latency of a tap counts from
 *  the moment it was due, as in {@link SingleLoad}. What each single terminal got is kept apart, to see whether all fare alike. */
final class SteadyLoad {
    /** Connections that are being opened at one time: a handshake costs the core, and us, a millisecond. */
    private static final int OPENED_AT_ONCE = 16;
    private static final int PATIENCE_SECONDS = 120;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(100);

    private final Vertx vertx;
    private final SingleLoad.Timetable timetable;
    private final List<Terminal> terminals = new ArrayList<>();
    private final Histogram latencies = new Histogram(LONGEST_NANOS, 3);       // event loop
    private long start;             // written before the terminals start
    private long openingNanos;      // written by open()

    /** A load that has no terminals yet.
     *
     *  @param vertx with one event loop */
    SteadyLoad(Vertx vertx, SingleLoad.Timetable timetable) {
        this.vertx = vertx;
        this.timetable = timetable;
    }

    /** What was measured.
     *
     *  @param openingNanos time that opening all connections took
     *  @param tapsOfEach taps of each terminal that were answered in the time measured
     *  @param latencies of the taps that were due in the time measured, in nanoseconds
     *  @param sent all taps, before and within the time measured
     *  @param answered how many of those */
    record Outcomes(long openingNanos, List<Long> tapsOfEach, Histogram latencies, long sent, long answered) {
        long measuredTaps() {
            return tapsOfEach.stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Connects the terminals, a few at a time.
     *
     *  @param gateways by number, as in {@link CrowdCity}
     *  @param messages the taps of each terminal, encoded */
    void open(List<GatewayClient> gateways, List<List<byte[]>> messages) {
        long before = System.nanoTime();
        for (int first = 0; first < messages.size(); first += OPENED_AT_ONCE) {
            List<Terminal> some = new ArrayList<>();
            for (int i = first; i < Math.min(messages.size(), first + OPENED_AT_ONCE); i++) {
                Terminal terminal = new Terminal(i * timetable.intervalNanos() / messages.size(), messages.get(i).size());
                CheckedCall.open(vertx, gateways.get(CrowdCity.gatewayOf(i)), new CheckedCall.Load(messages.get(i), 1), terminal::answered)
                        .onSuccess(terminal.call::complete).onFailure(terminal.call::completeExceptionally);
                some.add(terminal);
            }
            some.forEach(terminal -> Waiting.until(terminal.call, PATIENCE_SECONDS));
            terminals.addAll(some);
        }
        openingNanos = System.nanoTime() - before;
    }

    /** Plays the timetable and waits until every terminal has its last answer. */
    Outcomes run() {
        start = System.nanoTime();
        terminals.forEach(Terminal::start);
        long sent = 0;
        long answered = 0;
        List<Long> each = new ArrayList<>();
        for (Terminal terminal : terminals) {
            CheckedCall over = Waiting.until(terminal.link().over(), PATIENCE_SECONDS);
            sent += over.sentTaps();
            answered += over.answeredTaps();
            each.add(terminal.measured);
        }
        return new Outcomes(openingNanos, each, latencies, sent, answered);
    }

    private boolean isMeasured(long moment) {
        long since = moment - start - timetable.warmUpNanos();
        return since >= 0 && since < timetable.measuredNanos();
    }

    /** One terminal. On the event loop, but for the future. */
    private final class Terminal {
        private final CompletableFuture<CheckedCall> call = new CompletableFuture<>();
        private final long offset;
        private int left;
        private long due;
        private long measured;

        /** A terminal with so many taps, the first of them due after the offset. */
        Terminal(long offset, int taps) {
            this.offset = offset;
            this.left = taps;
        }

        CheckedCall link() {
            return call.join();
        }

        void start() {
            link().context().runOnContext(now -> {
                due = start + offset;
                sendWhenDue();
            });
        }

        private void sendWhenDue() {
            long early = due - System.nanoTime();
            if (early > 0) {
                vertx.setTimer(Math.max(1, (early + 999_999) / 1_000_000), fired -> sendNext());
            } else {
                sendNext();
            }
        }

        private void sendNext() {
            if (left == 0 || due - start >= timetable.warmUpNanos() + timetable.measuredNanos()) {
                link().end();
            } else {
                left--;
                link().send();
            }
        }

        private void answered() {
            long now = System.nanoTime();
            if (isMeasured(now)) {
                measured++;
            }
            if (isMeasured(due)) {
                latencies.recordValue(Math.min(LONGEST_NANOS, Math.max(0, now - due)));
            }
            due += timetable.intervalNanos();
            sendWhenDue();
        }
    }
}
