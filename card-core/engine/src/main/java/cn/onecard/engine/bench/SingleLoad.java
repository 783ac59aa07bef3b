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
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** Terminals that send one tap at a time and wait for the answer, each over a connection of its own.
 *
 *  <p><b>Latency.</b> Each terminal has a timetable. The latency of a tap counts from the moment it was due, also when the answer
 *  before it came late and it could not be sent then: a terminal that waits does not hide what passengers behind it wait. What
 *  the load generator itself is late with counts against the core as well. Without a timetable (an interval of 0) a tap is due
 *  when the answer before it has come; such a run says what rate is possible, not what a passenger waits. */
public final class SingleLoad {
    private static final int PATIENCE_SECONDS = 120;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Vertx vertx;
    private final List<Terminal> terminals = new ArrayList<>();

    /** Connects terminals; they stay connected. */
    public SingleLoad(Vertx vertx, Gateways gateways, int count) {
        this.vertx = vertx;
        for (int i = 0; i < count; i++) {
            terminals.add(new Terminal());
            Waiting.until(terminals.get(i).open(gateways, BenchCity.gateway(i % BenchCity.GATEWAYS)), PATIENCE_SECONDS);
        }
    }

    /** What was measured.
     *
     *  @param taps acknowledged within the time measured
     *  @param nanos the time measured
     *  @param latencies in nanoseconds */
    public record Outcomes(long taps, long nanos, Histogram latencies) {
        /** Acknowledged taps a second. */
        public long perSecond() {
            return Math.round(taps * 1e9 / nanos);
        }
    }

    /** How to load.
     *
     *  @param warmUpNanos time before what is measured
     *  @param measuredNanos time measured
     *  @param intervalNanos from tap to tap of one terminal; 0: as fast as the answers come */
    public record Timetable(long warmUpNanos, long measuredNanos, long intervalNanos) {}

    /** Runs as many terminals as there are lists, until the time is over or their taps are used up.
     *
     *  @param messages the taps of each terminal, encoded */
    public Outcomes run(List<List<byte[]>> messages, Timetable timetable) {
        Run run = new Run(timetable, messages.size() == 1);
        List<CompletableFuture<Void>> running = new ArrayList<>();
        run.start = System.nanoTime();
        for (int i = 0; i < messages.size(); i++) {
            running.add(terminals.get(i).start(run, messages.get(i), i * timetable.intervalNanos() / messages.size()));
        }
        for (CompletableFuture<Void> one : running) {
            Waiting.until(one, PATIENCE_SECONDS);
        }
        return new Outcomes(run.taps, Math.max(1, run.lastAnswer - run.start - timetable.warmUpNanos()), run.latencies);
    }

    /** What all terminals share. On the one event loop once the load has started. */
    private static final class Run {
        private final Timetable timetable;
        private final boolean lonely;
        private final Histogram latencies = new Histogram(LONGEST_NANOS, 3);
        private long start;         // written before the terminals start
        private long lastAnswer;    // event loop
        private long taps;          // event loop

        Run(Timetable timetable, boolean lonely) {
            this.timetable = timetable;
            this.lonely = lonely;
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

    /** What one terminal has to do in a run. */
    private record Turn(Run run, Deque<byte[]> toSend, CompletableFuture<Void> done) {}

    /** One terminal. On the event loop, but for the futures. */
    private final class Terminal {
        private final CompletableFuture<TerminalLink> link = new CompletableFuture<>();
        private Turn turn = new Turn(new Run(new Timetable(0, 0, 0), false), new ArrayDeque<>(), new CompletableFuture<>());
        private long due;

        CompletableFuture<TerminalLink> open(Gateways gateways, String gateway) {
            gateways.connect(gateway, this::acknowledged, broken -> turn.done.completeExceptionally(broken))
                    .onSuccess(link::complete).onFailure(link::completeExceptionally);
            return link;
        }

        CompletableFuture<Void> start(Run run, List<byte[]> messages, long offset) {
            Turn next = new Turn(run, new ArrayDeque<>(messages), new CompletableFuture<>());
            link.join().context().runOnContext(now -> {
                turn = next;
                due = run.start + offset;
                sendWhenDue();
            });
            return next.done;
        }

        private void sendWhenDue() {
            long early = due - System.nanoTime();
            if (early <= 0) {
                sendNext();
            } else if (turn.run.lonely) {
                // The event loop's timer is late by up to two milliseconds, which is much of what a lonely terminal waits.
                Thread.startVirtualThread(() -> {
                    LockSupport.parkNanos(early);
                    link.join().context().runOnContext(now -> sendWhenDue());
                });
            } else {
                vertx.setTimer(Math.max(1, (early + 999_999) / 1_000_000), fired -> sendNext());
            }
        }

        private void sendNext() {
            byte[] message = turn.run.isOver(due) ? null : turn.toSend.poll();
            if (message == null) {
                turn.done.complete(null);
            } else {
                link.join().send(message);
            }
        }

        private void acknowledged(BatchAck ack) {
            TapAck one = ack.getAcks(0);
            if (one.getOutcome() != Outcome.ACCEPTED) {
                turn.done.completeExceptionally(new BenchFailed("a true tap was answered " + one.getOutcome() + ", reason " + one.getReason()));
                return;
            }
            long now = System.nanoTime();
            turn.run.answered(due, now);
            due = turn.run.timetable.intervalNanos() == 0 ? now : due + turn.run.timetable.intervalNanos();
            sendWhenDue();
        }
    }
}
