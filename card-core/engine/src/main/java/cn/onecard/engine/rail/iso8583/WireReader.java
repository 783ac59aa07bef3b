package cn.onecard.engine.rail.iso8583;

import java.nio.ByteBuffer;

/** Reads the parts of a message in their order. Never reads, and never makes room for, more than there is. */
final class WireReader {
    private final ByteBuffer in;
    private final Dialect dialect;
    private final boolean anyPad;

    WireReader(ByteBuffer in, Dialect dialect, boolean anyPad) {
        this.in = in;
        this.dialect = dialect;
        this.anyPad = anyPad;
    }

    byte[] messageType() {
        require(0, dialect.messageTypeBytes());
        byte[] type = dialect.packs() ? unpacked(0, Kind.DIGITS, 4, false) : raw(4);
        for (int i = 0; i < type.length; i++) {
            if (!Kind.DIGITS.allows(i, type[i])) {
                throw new MalformedMessage(0, Fault.MESSAGE_TYPE);
            }
        }
        if (type[0] != '0') {
            throw new MalformedMessage(0, Fault.MESSAGE_TYPE);
        }
        return type;
    }

    /** Which fields there are: bit n-1 counted from the left of the first word is field n. */
    long[] bitmap() {
        require(1, dialect.bitmapBytes());
        long[] words = new long[dialect.fields() / Long.SIZE];
        for (int i = 0; i < words.length; i++) {
            words[i] = in.getLong();
        }
        boolean continued = words[0] < 0;
        if (continued != words.length > 1 || (continued && words[1] < 0)) {
            throw new MalformedMessage(1, Fault.BITMAP);
        }
        return words;
    }

    byte[] content(FieldRule rule) {
        int length = rule.prefix() == 0 ? rule.length() : prefix(rule);
        if (length > rule.length()) {
            throw new MalformedMessage(rule.number(), Fault.LENGTH);
        }
        boolean packed = rule.kind().isPacked(dialect);
        require(rule.number(), packed ? (length + 1) / 2 : length);
        if (packed) {
            return unpacked(rule.number(), rule.kind(), length, rule.rightAligned());
        }
        byte[] content = raw(length);
        rule.check(content);
        return content;
    }

    /** Throws unless all has been read.
     *
     *  @param last the number of the last field there is */
    void end(int last) {
        if (in.hasRemaining()) {
            throw new MalformedMessage(last, Fault.TRAILING);
        }
    }

    private int prefix(FieldRule rule) {
        int length = 0;
        if (dialect.packs()) {
            int bytes = rule.prefix() / 2 + rule.prefix() % 2;
            require(rule.number(), bytes);
            for (int i = 0; i < bytes; i++) {
                int b = in.get();
                length = length * 100 + digit(rule.number(), b >> 4) * 10 + digit(rule.number(), b);
            }
        } else {
            require(rule.number(), rule.prefix());
            for (int i = 0; i < rule.prefix(); i++) {
                byte b = in.get();
                if (!Kind.DIGITS.allows(i, b)) {
                    throw new MalformedMessage(rule.number(), Fault.CHARACTER);
                }
                length = length * 10 + b - '0';
            }
        }
        return length;
    }

    /** Digits that lie two a byte. */
    private byte[] unpacked(int field, Kind kind, int length, boolean rightAligned) {
        byte[] digits = new byte[length];
        boolean odd = length % 2 != 0;
        int skipped = odd && rightAligned ? 1 : 0;
        int b = 0;
        for (int i = 0; i < length + length % 2; i++) {
            b = i % 2 == 0 ? in.get() : b;
            int half = (i % 2 == 0 ? b >> 4 : b) & 0xF;
            int at = i - skipped;
            if (at < 0 || at >= length) {
                if (half != 0 && (rightAligned || !anyPad)) {
                    throw new MalformedMessage(field, Fault.PAD);
                }
            } else if (half == 0xD && kind == Kind.TRACK) {
                digits[at] = '=';
            } else {
                digits[at] = (byte) ('0' + digit(field, half));
            }
        }
        return digits;
    }

    private static int digit(int field, int half) {
        int digit = half & 0xF;
        if (digit > 9) {
            throw new MalformedMessage(field, Fault.CHARACTER);
        }
        return digit;
    }

    private byte[] raw(int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private void require(int field, int bytes) {
        if (in.remaining() < bytes) {
            throw new MalformedMessage(field, Fault.TRUNCATED);
        }
    }
}
