package cn.onecard.terminal.reader;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How readers are watched.
 *
 *  @param muteLimit how long one APDU may take before the alarm
 *  @param alarm told once of each APDU that takes longer
 *  @param trace told of every APDU on the wire */
public record ReaderSettings(Duration muteLimit, MuteAlarm alarm, ApduTrace trace) {
    private static final Logger LOG = LoggerFactory.getLogger(ReaderSettings.class);

    /** Three seconds, an error in the log, no trace. */
    public static ReaderSettings standard() {
        return new ReaderSettings(Duration.ofSeconds(3),
                (reader, since) -> LOG.error("the card in reader {} has been mute for {} ms: take it out", reader, since.toMillis()),
                ApduTrace.NONE);
    }

    /** These settings with another trace. */
    public ReaderSettings withTrace(ApduTrace other) {
        return new ReaderSettings(muteLimit, alarm, other);
    }

    /** Told of a card that does not answer. No provider can end such a call: only taking the card out does. */
    @FunctionalInterface
    public interface MuteAlarm {
        /** The card in that reader has not answered for so long; called from the watchdog's own thread. */
        void mute(String reader, Duration since);
    }
}
