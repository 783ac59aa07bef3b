package cn.onecard.vocabulary;

import java.util.HexFormat;

/** A terminal number (终端机编号, term6): the six bytes read from the PSAM in the terminal, never typed in.
 *
 *  @param value the six bytes as an unsigned number, 0 to 2^48-1 */
public record TerminalId(long value) implements Comparable<TerminalId> {
    public TerminalId {
        if (value < 0 || value > 0xFFFF_FFFF_FFFFL) {
            throw new IllegalArgumentException("a terminal number has six bytes");
        }
    }

    /** The number written as 12 hexadecimal digits. */
    public static TerminalId ofHex(String hex) {
        if (hex.length() != 12) {
            throw new IllegalArgumentException("a terminal number has 12 hexadecimal digits, not " + hex.length());
        }
        return new TerminalId(HexFormat.fromHexDigitsToLong(hex));
    }

    /** 12 upper-case hexadecimal digits. */
    public String hex() {
        return HexFormat.of().withUpperCase().toHexDigits(value, 12);
    }

    @Override
    public int compareTo(TerminalId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return hex();
    }
}
