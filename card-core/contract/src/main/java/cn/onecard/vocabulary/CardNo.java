package cn.onecard.vocabulary;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** A card number (卡号): 20 decimal digits, 10 bytes BCD on the card [1]. Its last 8 bytes are ASN8, the factor that
 *  card keys are diversified by. {@link #toString()} is masked, so that no log line can show a number in clear.
 *
 *  <p>[1] JR/T 0025.2, file 0015, bytes 10 to 19.
 *
 *  @param head the first four digits as BCD, 0x0000 to 0x9999
 *  @param asn8 the last sixteen digits as BCD, big-endian */
public record CardNo(int head, long asn8) implements Comparable<CardNo> {
    /** Bytes on the card and in the database. */
    public static final int BYTES = 10;

    public CardNo {
        if ((head & ~0xFFFF) != 0 || !isBcd(head) || !isBcd(asn8)) {
            throw new IllegalArgumentException("a card number has 20 decimal digits");
        }
    }

    /** The number written as 20 digits. */
    public static CardNo ofDigits(String digits) {
        if (digits.length() != 20 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("a card number has 20 decimal digits, not " + digits.length() + " characters");
        }
        return ofBytes(HexFormat.of().parseHex(digits));
    }

    /** The number as it lies on the card.
     *
     *  @param bcd 10 bytes */
    public static CardNo ofBytes(byte[] bcd) {
        if (bcd.length != BYTES) {
            throw new IllegalArgumentException("a card number has 10 bytes, not " + bcd.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bcd);
        return new CardNo(buffer.getShort() & 0xFFFF, buffer.getLong());
    }

    /** 10 bytes BCD. */
    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putShort((short) head).putLong(asn8).array();
    }

    /** All 20 digits, in clear: for a file or a frame, never for a log. */
    public String digits() {
        return HexFormat.of().formatHex(bytes());
    }

    /** The first six and the last four digits. */
    public String masked() {
        String digits = digits();
        return digits.substring(0, 6) + "**********" + digits.substring(16);
    }

    private static boolean isBcd(long value) {
        // A nibble is above 9 exactly when its top bit and one of the two below are set.
        return ((value >>> 3) & ((value >>> 2) | (value >>> 1)) & 0x1111_1111_1111_1111L) == 0;
    }

    /** Written out, as {@link #hashCode()} is: looked up several times for every tap. */
    @Override
    public boolean equals(Object other) {
        return other instanceof CardNo card && asn8 == card.asn8 && head == card.head;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(asn8) * 31 + head;
    }

    @Override
    public int compareTo(CardNo other) {
        int heads = Integer.compare(head, other.head);
        return heads != 0 ? heads : Long.compareUnsigned(asn8, other.asn8);
    }

    @Override
    public String toString() {
        return masked();
    }
}
