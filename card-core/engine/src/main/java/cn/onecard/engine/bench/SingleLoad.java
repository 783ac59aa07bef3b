package cn.onecard.engine.bench;

import cn.onecard.wire.proto.BatchAck;
import cn.onecard.wire.proto.Outcome;
import cn.onecard.wire.proto.TapAck;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Terminals that send one tap at a time and wait for the answer, each over a connection of its own.
 *
 *  <p><b>Latency.</b> Each terminal has a timetable. The latency of a tap counts from the moment it was due, also when the answer
 *  before it came late and it could not be sent then: a terminal that waits does not hide what passengers behind it wait. What
 *  the load generator itself is late with counts against the core as well. Without a timetable (an interval of 0) a tap is due
 *  when the answer before it has come; such a run says what rate is possible, not what a passenger waits. */
final class SingleLoad {
    private static final int PATIENCE_SECONDS = 120;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Vertx vertx;
    private final TerminalServerAddress core;

    SingleLoad(Vertx vertx, TerminalServerAddress core) {
        this.vertx = vertx;
        this.core = core;
    }

    /** What was measured.
     *
     *  @param taps acknowledged within the time measured
     *  @param nanos the time measured
     *  @param latencies in nanoseconds */
    record Outcomes(long taps, long nanos, Histogram latencies) {
        /** Acknowledged taps a second. */
        long perSecond() {
            return Math.round(taps * 1e9 / nanos);
        }
    }

    /** How to load.
     *
     *  @param warmUpNanos time before what is measured
     *  @param measuredNanos time measured
     *  @param intervalNanos from tap to tap of one terminal; 0: as fast as the answers come */
    record Timetable(long warmUpNanos, long measuredNanos, long intervalNanos) {}

    /** Runs terminals until the time is over or their taps are used up.
     *
     *  @param messages the taps of each terminal, encoded */
    Outcomes run(List<List<byte[]>> messages, Timetable timetable) {
        List<Terminal> terminals = new ArrayList<>();
        Run run = new Run(timetable);
        for (int i = 0; i < messages.size(); i++) {
            terminals.add(new Terminal(run, messages.get(i), i * timetable.intervalNanos() / messages.size()));
            Waiting.until(terminals.get(i).open(BenchCity.gateway(i % BenchCity.GATEWAYS)), PATIENCE_SECONDS);
        }
        run.start = System.nanoTime();
        terminals.forEach(Terminal::start);
        for (Terminal terminal : terminals) {
            Waiting.until(terminal.done, PATIENCE_SECONDS);
        }
        for (Terminal terminal : terminals) {
            terminal.close();
        }
        return new Outcomes(run.taps, Math.max(1, run.lastAnswer - run.start - timetable.warmUpNanos()), run.latencies);
    }

    /** What all terminals share. On the one event loop once the load has started. */
    private static final class Run {
        private final Timetable timetable;
        private final Histogram latencies = new Histogram(LONGEST_NANOS, 3);
        private long start;         // written before the terminals start
        private long lastAnswer;    // event loop
        private long taps;          // event loop

        Run(Timetable timetable) {
            this.timetable = timetable;
        }

        boolean isOver(long due) {
            return due - start >= timetable.warmUpNanos() + timetable.measuredNanos();
        }

        void answered(long due, long now) {
            if (now - start >= timetable.warmUpNanos()) {
                taps++;
                lastAnswer = now;
                latencies.recordValue(Math.min(LONGEST_NANOS, Math.max(0, now - due)));
            }
        }
    }

    /** One terminal. On the event loop, but for the two futures. */
    private final class Terminal {
        private final Run run;
        private final Deque<byte[]> toSend;
        private final long offset;
        private final CompletableFuture<TerminalLink> link = new CompletableFuture<>();
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private long due;

        Terminal(Run run, List<byte[]> messages, long offset) {
            this.run = run;
            this.toSend = new ArrayDeque<>(messages);
            this.offset = offset;
        }

        CompletableFuture<TerminalLink> open(String gateway) {
            TerminalLink.open(vertx, core.as(gateway), this::acknowledged, done::completeExceptionally)
                    .onSuccess(link::complete).onFailure(link::completeExceptionally);
            return link;
        }

        void start() {
            link.join().context().runOnContext(now -> {
                due = run.start + offset;
                sendWhenDue();
            });
        }

        void close() {
            link.join().close().toCompletionStage().toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
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
            byte[] message = run.isOver(due) ? null : toSend.poll();
            if (message == null) {
                done.complete(null);
            } else {
                link.join().send(message);
            }
        }

        private void acknowledged(BatchAck ack) {
            TapAck one = ack.getAcks(0);
            if (one.getOutcome() != Outcome.ACCEPTED) {
                done.completeExceptionally(new BenchFailed("a true tap was answered " + one.getOutcome() + ", reason " + one.getReason()));
                return;
            }
            long now = System.nanoTime();
            run.answered(due, now);
            due = run.timetable.intervalNanos() == 0 ? now : due + run.timetable.intervalNanos();
            sendWhenDue();
        }
    }
}
