package cn.onecard.engine.receive;

import cn.onecard.vocabulary.TapKey;
import cn.onecard.wire.MalformedFrame;
import cn.onecard.wire.TapCodec;
import cn.onecard.wire.TapFrame;
import cn.onecard.wire.proto.Tap;
import java.time.Instant;

/** One tap of a batch: a frame with every field in range, or something that cannot be one. Nothing is proved yet. */
public sealed interface ReceivedTap {
    /** How it came. */
    Arrival arrival();

    /** A frame in range. */
    record Framed(TapFrame frame, Arrival arrival) implements ReceivedTap {
        public TapKey key() {
            return frame.key();
        }
    }

    /** No frame.
     *
     *  @param why names the field that is wrong, and no card number */
    record Malformed(String why, Arrival arrival) implements ReceivedTap {}

    /** Reads a message. */
    static ReceivedTap of(String gateway, Instant receivedAt, Tap message) {
        Arrival arrival = new Arrival(gateway, receivedAt, message);
        try {
            return new Framed(TapCodec.fromProto(message), arrival);
        } catch (MalformedFrame malformed) {
            return new Malformed(String.valueOf(malformed.getMessage()), arrival);
        }
    }
}
