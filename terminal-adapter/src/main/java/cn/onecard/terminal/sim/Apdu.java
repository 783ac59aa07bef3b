package cn.onecard.terminal.sim;

import java.util.Arrays;

/** A short command APDU as a chip reads it. */
final class Apdu {
    private final byte[] bytes;

    Apdu(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Class and instruction as one number, for example 0x8054. */
    int claIns() {
        return (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
    }

    /** CLA INS P1 P2. */
    byte[] header() {
        return Arrays.copyOf(bytes, 4);
    }

    int p1() {
        return bytes[2] & 0xFF;
    }

    int p2() {
        return bytes[3] & 0xFF;
    }

    /** The data field; empty if there is none, or if Lc promises more than there is. */
    byte[] data() {
        if (bytes.length <= 5) {
            return new byte[0];
        }
        int end = 5 + (bytes[4] & 0xFF);
        return end > bytes.length ? new byte[0] : Arrays.copyOfRange(bytes, 5, end);
    }

    /** Le, or 0 if there is none or any length will do. */
    int le() {
        if (bytes.length == 5) {
            return bytes[4] & 0xFF;
        }
        return bytes.length > 5 && bytes.length == 6 + (bytes[4] & 0xFF) ? bytes[bytes.length - 1] & 0xFF : 0;
    }

    /** The data if Le fits, else 6Cxx. */
    byte[] fit(byte[] data) {
        return le() == 0 || le() == data.length ? Answers.done(data) : Answers.status(0x6C00 | data.length);
    }
}
