package cn.onecard.engine.receive;

/** How much a caller may send.
 *
 *  @param tapsPerBatch taps in one message
 *  @param messageBytes bytes of one message
 *  @param batchesInFlight batches of one stream that are not yet acknowledged; the stream is paused at that many */
public record ReceiveLimits(int tapsPerBatch, int messageBytes, int batchesInFlight) {
    /** 1000 taps, 512 KiB, 8 batches. */
    public static final ReceiveLimits STANDARD = new ReceiveLimits(1_000, 512 * 1024, 8);
}
