package cn.onecard.engine.bench.crowd;

import cn.onecard.engine.bench.Waiting;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Callers that do not behave. They write batches for as long as their own side takes them, and wait for no answer. In the end they
 *  read what they are owed, so that nothing of theirs may be missing either. */
final class RudeLoad {
    private static final int PATIENCE_SECONDS = 300;

    private final Vertx vertx;
    private final List<CheckedCall> calls = new ArrayList<>();
    private volatile boolean stopped;       // written by finish()
    private long start;                     // written by start()

    RudeLoad(Vertx vertx) {
        this.vertx = vertx;
    }

    /** What came of it.
     *
     *  @param sent taps
     *  @param answered taps
     *  @param distinct taps, the repeated ones counted once
     *  @param nanos from the first batch to the last answer */
    record Outcomes(long sent, long answered, long distinct, long nanos) {
        long perSecond() {
            return Math.round(answered * 1e9 / nanos);
        }
    }

    /** Connects, and begins to write.
     *
     *  @param reads whether the caller reads its answers
     *  @param loads of each call */
    void start(GatewayClient gateway, boolean reads, List<CheckedCall.Load> loads) {
        for (CheckedCall.Load load : loads) {
            calls.add(Waiting.until(CheckedCall.open(vertx, gateway, load, () -> { }).toCompletionStage().toCompletableFuture(), PATIENCE_SECONDS));
        }
        start = System.nanoTime();
        for (CheckedCall call : calls) {
            call.context().runOnContext(now -> {
                if (!reads) {
                    call.stopReading();
                }
                call.onRoom(() -> write(call));
                write(call);
            });
        }
    }

    /** Sends no more, reads everything, and waits for the last answer. */
    Outcomes finish() {
        stopped = true;
        for (CheckedCall call : calls) {
            call.context().runOnContext(now -> {
                call.readOn();
                call.end();
            });
        }
        calls.forEach(call -> Waiting.until(call.over(), PATIENCE_SECONDS));
        return new Outcomes(calls.stream().mapToLong(CheckedCall::sentTaps).sum(), calls.stream().mapToLong(CheckedCall::answeredTaps).sum(),
                calls.stream().mapToLong(CheckedCall::distinctTaps).sum(), System.nanoTime() - start);
    }

    /** Taps sent so far. */
    long sent() {
        CompletableFuture<Long> sum = new CompletableFuture<>();
        calls.getFirst().context().runOnContext(now -> sum.complete(calls.stream().mapToLong(CheckedCall::sentTaps).sum()));
        return Waiting.until(sum, PATIENCE_SECONDS);
    }

    private void write(CheckedCall call) {
        boolean room = true;
        while (room && !stopped) {
            room = call.send();
        }
    }
}
