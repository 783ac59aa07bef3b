package cn.onecard.terminal.flow;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;

/** What a soak came to.
 *
 *  @param waiting APDUs to the PSAM while another reader waits for a card
 *  @param stays cards that were put in
 *  @param took how long all stays took
 *  @param serviceFoundAgain how long after its new start a restarted service had served a card, or empty if it was not found again */
public record SoakReport(Waiting waiting, Stays stays, Duration took, Optional<Duration> serviceFoundAgain) {
    /** Round trips, in microseconds.
     *
     *  @param apdus how many
     *  @param median the one in the middle
     *  @param slowest the last one */
    public record Waiting(int apdus, long median, long slowest) {}

    /** Stays of cards in readers.
     *
     *  @param insertions cards that were put in and served
     *  @param pulls of them, those torn away in the middle of a command
     *  @param snatches of them, those taken out while the conversation was open
     *  @param overlooked insertions that the service did not notice, so that the card had to be put in again */
    public record Stays(int insertions, int pulls, int snatches, int overlooked) {
        static final Stays NONE = new Stays(0, 0, 0, 0);

        Stays plus(Stays other) {
            return new Stays(insertions + other.insertions, pulls + other.pulls, snatches + other.snatches, overlooked + other.overlooked);
        }
    }

    /** For a file. */
    public ObjectNode json() {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.putObject("whileAnotherReaderWaits").put("apdus", waiting.apdus).put("medianMicros", waiting.median).put("slowestMicros", waiting.slowest);
        node.put("insertions", stays.insertions).put("pullsInMidCommand", stays.pulls).put("snatched", stays.snatches).put("overlooked", stays.overlooked);
        node.put("tookMillis", took.toMillis());
        node.put("serviceFoundAgain", serviceFoundAgain.isPresent());
        serviceFoundAgain.ifPresent(after -> node.put("serviceFoundAgainMillis", after.toMillis()));
        return node;
    }
}
