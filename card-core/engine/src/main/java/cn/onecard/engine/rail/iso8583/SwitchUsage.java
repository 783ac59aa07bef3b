package cn.onecard.engine.rail.iso8583;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The fields of the switch dialect that serve several usages (用法), 48, 57, 62 and 63: two letters, then what they announce. */
public enum SwitchUsage {
    /** Acquirer's data, field 48. */
    AA(48),
    /** A new key, field 48. */
    NK(48),
    /** Bill payment (代收业务), field 48. */
    PZ(48),
    /** Detailed answer code, field 57. */
    AS(57),
    /** PIN block under SM4, field 63. */
    SM(63),
    /** Token data, field 63. */
    TK(63);

    private final int field;

    SwitchUsage(int field) {
        this.field = field;
    }

    /** The number of the field that has this usage. */
    public int field() {
        return field;
    }

    /** The field in this usage. */
    public byte[] bytes(byte[] content) {
        byte[] tag = name().getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = Arrays.copyOf(tag, tag.length + content.length);
        System.arraycopy(content, 0, bytes, tag.length, content.length);
        return bytes;
    }

    /** What a message's field holds after the two letters, if it has this usage. */
    public Optional<byte[]> find(Message message) {
        byte[] tag = name().getBytes(StandardCharsets.US_ASCII);
        return message.findBytes(field).filter(bytes -> bytes.length >= tag.length && Arrays.equals(bytes, 0, tag.length, tag, 0, tag.length))
                .map(bytes -> Arrays.copyOfRange(bytes, tag.length, bytes.length));
    }
}
