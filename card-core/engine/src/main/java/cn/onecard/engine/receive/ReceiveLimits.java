package cn.onecard.engine.receive;

import java.time.Duration;

/** How much callers may ask of the core. Together these bound what it holds for them: bytes that are not yet a message
 *  ({@link #windowBytes()} and {@link #messageBytes()} a call), taps on their way ({@link #tapsInAll()}), acknowledgements that are
 *  not read (those of {@link #batchesInFlight()} batches, and one full write queue, a call).
 *
 *  @param tapsPerBatch taps in one message
 *  @param messageBytes bytes of one message; a tap has at most 250
 *  @param windowBytes bytes that a paused call may have under way; one full batch of ordinary taps. A connection may have that for each
 *         call of its gateway, so that a paused call does not stop the others
 *  @param batchesInFlight batches of one call that are not yet acknowledged; the call is paused at that many
 *  @param tapsOfGateway taps of one gateway between arrival and acknowledgement; its calls are paused at that many, so that others
 *         never have more than that of it before them
 *  @param tapsInAll taps of all gateways between arrival and acknowledgement; all calls are paused at that many
 *  @param callsOfGateway calls of one gateway at a time; one more is refused
 *  @param connections connections at a time; one more is closed
 *  @param unreadPatience how long a call may leave its acknowledgements unread; then it is cancelled
 *  @param payments how many payment calls there may be beside */
public record ReceiveLimits(int tapsPerBatch, int messageBytes, int windowBytes, int batchesInFlight, int tapsOfGateway, int tapsInAll,
        int callsOfGateway, int connections, Duration unreadPatience, CallLimits payments) {
    /** For a core with 512 MiB of heap. */
    public static final ReceiveLimits STANDARD = new ReceiveLimits(1_000, 256 * 1024, 128 * 1024, 8, 4_096, 65_536, 64, 8_192,
            Duration.ofSeconds(60), CallLimits.STANDARD);
}
