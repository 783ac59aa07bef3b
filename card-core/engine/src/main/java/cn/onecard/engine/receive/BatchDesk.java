package cn.onecard.engine.receive;

import cn.onecard.wire.proto.BatchAck;
import java.util.concurrent.CompletionStage;

/** Where received batches are handed in. */
public interface BatchDesk {
    /** Takes a batch, without waiting: how much there is to take is bounded where it is received, by {@link ReceiveLimits}. Batches of
     *  a stream are handed in one after the other.
     *
     *  @return the acknowledgement, once everything in the batch is committed; fails if it cannot be */
    CompletionStage<BatchAck> take(ReceivedBatch batch);
}
