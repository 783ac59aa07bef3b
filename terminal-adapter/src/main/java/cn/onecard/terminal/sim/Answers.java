package cn.onecard.terminal.sim;

import java.nio.ByteBuffer;

/** Response APDUs. */
final class Answers {
    private Answers() {}

    static byte[] status(int statusWord) {
        return new byte[] {(byte) (statusWord >>> 8), (byte) statusWord};
    }

    static byte[] done(byte[]... parts) {
        int length = 2;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer answer = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            answer.put(part);
        }
        return answer.putShort((short) 0x9000).array();
    }
}
