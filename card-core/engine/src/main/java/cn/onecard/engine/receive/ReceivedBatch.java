package cn.onecard.engine.receive;

import java.util.List;

/** What came in one message of a stream, in its order.
 *
 *  @param batchNo the gateway's number of the batch, echoed in the answer
 *  @param taps at most as many as the limit says */
public record ReceivedBatch(long batchNo, List<ReceivedTap> taps) {
    public ReceivedBatch {
        taps = List.copyOf(taps);
    }
}
