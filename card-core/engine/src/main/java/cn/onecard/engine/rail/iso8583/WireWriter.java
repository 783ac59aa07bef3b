package cn.onecard.engine.rail.iso8583;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Writes the parts of a message in their order; what it is given has been checked. */
final class WireWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    private final Dialect dialect;

    WireWriter(Dialect dialect) {
        this.dialect = dialect;
    }

    void messageType(byte[] digits) {
        if (dialect.packs()) {
            packed(digits, false);
        } else {
            out.writeBytes(digits);
        }
    }

    void bitmap(long[] words) {
        ByteBuffer bytes = ByteBuffer.allocate(dialect.bitmapBytes());
        for (long word : words) {
            bytes.putLong(word);
        }
        out.writeBytes(bytes.array());
    }

    void content(FieldRule rule, byte[] content) {
        if (rule.prefix() > 0) {
            prefix(rule.prefix(), content.length);
        }
        if (rule.kind().isPacked(dialect)) {
            packed(content, rule.rightAligned());
        } else {
            out.writeBytes(content);
        }
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    private void prefix(int digits, int length) {
        if (dialect.packs()) {
            if (digits > 2) {
                out.write(length / 100);
            }
            out.write(length / 10 % 10 << 4 | length % 10);
        } else {
            for (int unit = digits == 2 ? 10 : 100; unit > 0; unit /= 10) {
                out.write('0' + length / unit % 10);
            }
        }
    }

    private void packed(byte[] digits, boolean rightAligned) {
        int skipped = digits.length % 2 != 0 && rightAligned ? 1 : 0;
        int b = 0;
        for (int i = 0; i < digits.length + digits.length % 2; i++) {
            int at = i - skipped;
            int half = at < 0 || at >= digits.length ? 0 : digits[at] == '=' ? 0xD : digits[at] - '0';
            if (i % 2 == 0) {
                b = half << 4;
            } else {
                out.write(b | half);
            }
        }
    }
}
