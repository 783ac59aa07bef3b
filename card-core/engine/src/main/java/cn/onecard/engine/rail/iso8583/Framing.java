package cn.onecard.engine.rail.iso8583;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** How frames follow one another on a socket: each with its length, which does not count itself, in front. */
public enum Framing {
    /** Two bytes, big-endian: 21 (TPDU, header, type and bitmap) to 4096. */
    POS(2, 21, 4_096),
    /** Four ASCII digits: 66 (header, type and bitmap) to 9999. */
    SWITCH(4, 66, 9_999);

    private final int wordBytes;
    private final int shortest;
    private final int longest;

    Framing(int wordBytes, int shortest, int longest) {
        this.wordBytes = wordBytes;
        this.shortest = shortest;
        this.longest = longest;
    }

    /** The bytes of a frame with their length in front.
     *
     *  @throws MalformedMessage if there are too few or too many */
    public byte[] wrap(byte[] frame) {
        requireLength(frame.length);
        ByteBuffer out = ByteBuffer.allocate(wordBytes + frame.length);
        if (this == POS) {
            out.putShort((short) frame.length);
        } else {
            out.put(Message.digits(MalformedMessage.BEFORE_MESSAGE, frame.length, wordBytes).getBytes(StandardCharsets.US_ASCII));
        }
        return out.put(frame).array();
    }

    /** Takes the next frame from what a socket has sent so far.
     *
     *  @param in moved behind the frame, or not moved if the frame is not whole yet
     *  @return the frame without its length, a view of {@code in}; or empty if it is not whole yet
     *  @throws MalformedMessage if what comes is no length: nothing after it can be understood, the connection is to be closed */
    public Optional<ByteBuffer> findNext(ByteBuffer in) {
        if (in.remaining() < wordBytes) {
            return Optional.empty();
        }
        int length = word(in);
        requireLength(length);
        if (in.remaining() - wordBytes < length) {
            return Optional.empty();
        }
        ByteBuffer frame = in.slice(in.position() + wordBytes, length);
        in.position(in.position() + wordBytes + length);
        return Optional.of(frame);
    }

    private int word(ByteBuffer in) {
        if (this == POS) {
            return in.getShort(in.position()) & 0xFFFF;
        }
        int length = 0;
        for (int i = 0; i < wordBytes; i++) {
            byte b = in.get(in.position() + i);
            if (!Kind.DIGITS.allows(i, b)) {
                throw new MalformedMessage(MalformedMessage.BEFORE_MESSAGE, Fault.FRAME_LENGTH);
            }
            length = length * 10 + b - '0';
        }
        return length;
    }

    private void requireLength(int length) {
        if (length < shortest || length > longest) {
            throw new MalformedMessage(MalformedMessage.BEFORE_MESSAGE, Fault.FRAME_LENGTH);
        }
    }
}
