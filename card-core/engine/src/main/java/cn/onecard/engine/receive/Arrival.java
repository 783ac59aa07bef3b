package cn.onecard.engine.receive;

import cn.onecard.wire.proto.Tap;
import java.time.Instant;

/** How a tap came in: by whom, when, and the message as it was.
 *
 *  @param gateway the caller, by its certificate
 *  @param receivedAt to the millisecond; the taps of one batch share it
 *  @param message kept whole, for evidence */
public record Arrival(String gateway, Instant receivedAt, Tap message) {
    /** Shows who and when; the message holds a card number. */
    @Override
    public String toString() {
        return "from " + gateway + " at " + receivedAt;
    }
}
