package cn.onecard.engine.api;

import java.time.Duration;

/** Bounds of the interface. Every one of them is answered by a problem of its own.
 *
 *  @param bodyBytes longest body
 *  @param bodyPatience how long a body may take to arrive
 *  @param answerPatience how long a request may wait for its payment to be committed
 *  @param partnerPatience how long a request may wait for a partner's answer, before it is told how its order stands
 *  @param inFlight requests under way at once, over all callers
 *  @param signatureAge how far the time of a signature may lie from ours, either way
 *  @param nonces remembered at once */
public record ApiLimits(int bodyBytes, Duration bodyPatience, Duration answerPatience, Duration partnerPatience, int inFlight, Duration signatureAge, int nonces) {
    /** For production. */
    public static final ApiLimits STANDARD =
            new ApiLimits(64 * 1024, Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(8), 1_024, Duration.ofSeconds(300), 1_000_000);
}
