package cn.onecard.terminal.uplink;

import java.time.Duration;

/** How the uplink sends and how it waits.
 *
 *  @param batchTaps taps in a batch, 1 to 1000: from 50 up a tap costs next to nothing on the wire, 500 make one commit
 *  @param windowBatches batches that may be without an answer at a time; bounds what both sides keep in memory
 *  @param answerTimeout how long the oldest of them may stay so before the stream is given up
 *  @param firstPause before the first new attempt after a failure; doubles with each further one
 *  @param longestPause where the doubling ends */
public record UplinkSettings(int batchTaps, int windowBatches, Duration answerTimeout, Duration firstPause, Duration longestPause) {
    public static final UplinkSettings DEFAULT =
            new UplinkSettings(500, 8, Duration.ofSeconds(30), Duration.ofMillis(100), Duration.ofSeconds(30));

    public UplinkSettings {
        if (batchTaps < 1 || batchTaps > 1000 || windowBatches < 1) {
            throw new IllegalArgumentException("a batch holds 1 to 1000 taps, a window at least one batch");
        }
    }
}
