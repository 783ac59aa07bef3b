package cn.onecard.engine.rail.iso8583;

import java.nio.ByteBuffer;

/** The address in front of a POS message (TPDU): {@code 60}, destination, source; five bytes.
 *
 *  @param destination two bytes
 *  @param source two bytes; 0000 in most requests */
public record Tpdu(int destination, int source) {
    static final int BYTES = 5;
    private static final int ID = 0x60;

    public Tpdu {
        if ((destination & ~0xFFFF) != 0 || (source & ~0xFFFF) != 0) {
            throw new IllegalArgumentException("an address has two bytes");
        }
    }

    /** The address of the answer: destination and source exchanged. */
    public Tpdu answered() {
        return new Tpdu(/* destination= */ source, /* source= */ destination);
    }

    static Tpdu read(ByteBuffer in) {
        if (in.remaining() < BYTES || in.get() != ID) {
            throw new MalformedMessage(MalformedMessage.BEFORE_MESSAGE, Fault.TPDU);
        }
        return new Tpdu(in.getShort() & 0xFFFF, in.getShort() & 0xFFFF);
    }

    void write(ByteBuffer out) {
        out.put((byte) ID).putShort((short) destination).putShort((short) source);
    }
}
