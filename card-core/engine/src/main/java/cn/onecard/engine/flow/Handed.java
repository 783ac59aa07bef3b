package cn.onecard.engine.flow;

import cn.onecard.engine.receive.ReceivedBatch;
import cn.onecard.wire.proto.BatchAck;
import java.util.concurrent.CompletableFuture;

/** A batch on its way through a lane, and who waits for its answer. */
record Handed(String gateway, ReceivedBatch batch, CompletableFuture<BatchAck> answer) {
    /** What it counts for: its taps, and an empty batch counts too. */
    int weight() {
        return Math.max(1, batch.taps().size());
    }
}
