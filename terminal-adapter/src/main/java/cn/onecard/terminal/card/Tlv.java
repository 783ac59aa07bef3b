package cn.onecard.terminal.card;

import java.util.Arrays;
import java.util.Optional;

/** BER-TLV as cards use it: tags of one or two bytes, lengths up to 255, constructed tags searched through. */
final class Tlv {
    private Tlv() {}

    /** The value of the first such tag at any depth, or empty if there is none or the bytes are no TLV. */
    static Optional<byte[]> find(byte[] bytes, int wanted) {
        int at = 0;
        while (at + 1 < bytes.length) {
            int first = bytes[at++] & 0xFF;
            int tag = first;
            if ((first & 0x1F) == 0x1F) {
                tag = first << 8 | (bytes[at++] & 0xFF);
            }
            if (at < bytes.length && (bytes[at] & 0xFF) == 0x81) {
                at++;
            }
            if (at >= bytes.length) {
                return Optional.empty();
            }
            int length = bytes[at++] & 0xFF;
            if (at + length > bytes.length) {
                return Optional.empty();
            }
            byte[] value = Arrays.copyOfRange(bytes, at, at + length);
            if (tag == wanted) {
                return Optional.of(value);
            }
            if ((first & 0x20) != 0) {
                Optional<byte[]> inner = find(value, wanted);
                if (inner.isPresent()) {
                    return inner;
                }
            }
            at += length;
        }
        return Optional.empty();
    }
}
