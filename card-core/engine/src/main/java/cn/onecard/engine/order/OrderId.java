package cn.onecard.engine.order;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Number of an order (订单号), made of the key of the request that opened it: whoever sends that request again names the same
 *  order. The key of a request that changes an order makes such a number too, its call number.
 *
 *  @param high the first eight bytes
 *  @param low the last eight bytes */
public record OrderId(long high, long low) implements Comparable<OrderId> {
    private static final int BYTES = 16;

    /** The first 16 bytes of the SHA-256 of caller, 0x00 and key. Neither can contain 0x00. */
    public static OrderId of(CallKey call) {
        return ofBytes(sha256((call.caller() + '\0' + call.key()).getBytes(StandardCharsets.UTF_8)));
    }

    /** The number written as 32 hexadecimal digits.
     *
     *  @throws IllegalArgumentException if the text is none */
    public static OrderId parse(String hex) {
        if (hex.length() != 2 * BYTES) {
            throw new IllegalArgumentException("an order number has " + 2 * BYTES + " hexadecimal digits");
        }
        return ofBytes(HexFormat.of().parseHex(hex));
    }

    /** The number in the first 16 bytes. */
    public static OrderId ofBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new OrderId(buffer.getLong(), buffer.getLong());
    }

    /** 16 bytes. */
    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The order of the bytes, which is that of the primary key. */
    @Override
    public int compareTo(OrderId other) {
        int heads = Long.compareUnsigned(high, other.high);
        return heads != 0 ? heads : Long.compareUnsigned(low, other.low);
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
