package cn.onecard.engine.receive;

import java.time.Duration;

/** How many payment calls may be under way, from their first byte to their answer.
 *
 *  @param ofGateway of one gateway; one more is refused
 *  @param inAll of all gateways; one more is refused
 *  @param patience how long a call may take; then it is answered that nobody knows, and the work goes on, counted until it is done */
public record CallLimits(int ofGateway, int inAll, Duration patience) {
    /** For a core with 512 MiB of heap. */
    public static final CallLimits STANDARD = new CallLimits(256, 1_024, Duration.ofSeconds(20));
}
