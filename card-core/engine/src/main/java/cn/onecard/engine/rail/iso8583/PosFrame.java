package cn.onecard.engine.rail.iso8583;

import java.nio.ByteBuffer;

/** A POS message with what goes in front of it: {@code TPDU(5) | header(6) | message}. On a socket {@link Framing#POS} puts the
 *  length before it.
 *
 *  @param tpdu whence and whither
 *  @param header the terminal's kind and version, and what the host asks of it
 *  @param message of a profile of the POS dialect */
public record PosFrame(Tpdu tpdu, PosHeader header, Message message) {
    public PosFrame {
        if (message.profile().dialect() != Dialect.POS) {
            throw new IllegalArgumentException("not a message of the POS dialect");
        }
    }

    /** The frame that a buffer holds, from its position to its limit.
     *
     *  @throws MalformedMessage if it is none */
    public static PosFrame decode(Profile profile, ByteBuffer in) {
        ByteBuffer bytes = in.slice();
        Tpdu tpdu = Tpdu.read(bytes);
        PosHeader header = PosHeader.read(bytes);
        return new PosFrame(tpdu, header, profile.decode(bytes));
    }

    /** The bytes of this frame, without the length before it. */
    public byte[] encode() {
        byte[] body = message.encode();
        ByteBuffer out = ByteBuffer.allocate(Tpdu.BYTES + PosHeader.BYTES + body.length);
        tpdu.write(out);
        header.write(out);
        return out.put(body).array();
    }

    /** The frame in which this one is answered. */
    public PosFrame answer(Message answer, ProcessingRequirement requirement) {
        return new PosFrame(tpdu.answered(), header.answering(requirement), answer);
    }
}
