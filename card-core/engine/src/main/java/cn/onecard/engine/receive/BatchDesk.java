package cn.onecard.engine.receive;

import cn.onecard.wire.proto.BatchAck;
import java.util.concurrent.CompletionStage;

/** Where received batches are handed in. */
public interface BatchDesk {
    /** Takes a batch. May wait, which holds the stream back; batches of a stream are handed in one after the other.
     *
     *  @return the acknowledgement, once everything in the batch is committed; fails if it cannot be */
    CompletionStage<BatchAck> take(ReceivedBatch batch) throws InterruptedException;
}
