package cn.onecard.engine.rail.iso8583;

import java.nio.ByteBuffer;

/** A switch message with its header in front: {@code header(46) | message}. On a socket {@link Framing#SWITCH} puts the length
 *  before it.
 *
 *  @param header whence, whither, and whether it bounced
 *  @param message of a profile of the switch dialect */
public record SwitchFrame(SwitchHeader header, Message message) {
    public SwitchFrame {
        if (message.profile().dialect() != Dialect.SWITCH) {
            throw new IllegalArgumentException("not a message of the switch dialect");
        }
    }

    /** A frame to be sent from one institution to another. */
    public static SwitchFrame of(String source, String destination, Message message) {
        SwitchHeader header = new SwitchHeader(0, destination, source, "CUP", new SwitchHeader.Route((byte) 0, 0, (byte) 0), 0);
        return new SwitchFrame(header.withDeclaredLength(SwitchHeader.BYTES + message.encode().length), message);
    }

    /** The frame that a buffer holds, from its position to its limit.
     *
     *  @throws MalformedMessage if it is none */
    public static SwitchFrame decode(Profile profile, ByteBuffer in) {
        ByteBuffer bytes = in.slice();
        SwitchHeader header = SwitchHeader.read(bytes);
        return new SwitchFrame(header, profile.decode(bytes));
    }

    /** The bytes of this frame, without the length before it. */
    public byte[] encode() {
        byte[] body = message.encode();
        ByteBuffer out = ByteBuffer.allocate(SwitchHeader.BYTES + body.length);
        header.write(out);
        return out.put(body).array();
    }
}
