package cn.onecard.engine.bench.ingest;

import cn.onecard.engine.bench.BenchCity;
import cn.onecard.engine.bench.BenchFailed;
import cn.onecard.engine.bench.Gateways;
import cn.onecard.engine.bench.TerminalLink;
import cn.onecard.engine.bench.Waiting;
import cn.onecard.wire.proto.BatchAck;
import cn.onecard.wire.proto.Outcome;
import cn.onecard.wire.proto.TapAck;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A depot's upload: every gateway streams its batches as fast as they are acknowledged. */
final class BulkLoad {
    /** Batches of a gateway without acknowledgement. */
    private static final int WINDOW = 8;
    private static final int PATIENCE_SECONDS = 300;

    private final Gateways gateways;

    BulkLoad(Gateways gateways) {
        this.gateways = gateways;
    }

    /** Sends everything and waits for the last acknowledgement.
     *
     *  @param messages the batches of each gateway, encoded
     *  @return nanoseconds from the first batch to the last acknowledgement */
    long run(List<List<byte[]>> messages) {
        List<Gateway> running = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            running.add(new Gateway(messages.get(i)));
            Waiting.until(running.get(i).open(i), PATIENCE_SECONDS);
        }
        long start = System.nanoTime();
        running.forEach(Gateway::start);
        for (Gateway gateway : running) {
            Waiting.until(gateway.done, PATIENCE_SECONDS);
        }
        long nanos = System.nanoTime() - start;
        running.forEach(Gateway::close);
        return nanos;
    }

    /** One gateway's stream. On its event loop, but for the two futures. */
    private final class Gateway {
        private final Deque<byte[]> toSend;
        private final CompletableFuture<TerminalLink> link = new CompletableFuture<>();
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private int unanswered;

        Gateway(List<byte[]> messages) {
            this.toSend = new ArrayDeque<>(messages);
        }

        CompletableFuture<TerminalLink> open(int number) {
            Future<TerminalLink> opening = gateways.connect(BenchCity.gateway(number), this::acknowledged, done::completeExceptionally);
            opening.onSuccess(link::complete).onFailure(link::completeExceptionally);
            return link;
        }

        void start() {
            link.join().context().runOnContext(now -> {
                for (int i = 0; i < WINDOW; i++) {
                    sendNext();
                }
            });
        }

        void close() {
            link.join().close().toCompletionStage().toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        }

        private void sendNext() {
            byte[] message = toSend.poll();
            if (message != null) {
                unanswered++;
                link.join().send(message);
            } else if (unanswered == 0) {
                done.complete(null);
            }
        }

        private void acknowledged(BatchAck ack) {
            for (TapAck one : ack.getAcksList()) {
                if (one.getOutcome() != Outcome.ACCEPTED) {
                    done.completeExceptionally(new BenchFailed("a true tap was answered " + one.getOutcome() + ", reason " + one.getReason()));
                    return;
                }
            }
            unanswered--;
            sendNext();
        }
    }
}
