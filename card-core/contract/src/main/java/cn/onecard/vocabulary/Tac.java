package cn.onecard.vocabulary;

import java.util.HexFormat;

/** A transaction authentication code (交易认证码, TAC), four bytes.
 *
 *  @param value the four bytes, big-endian */
public record Tac(int value) {
    /** No TAC at all, as a grey record carries it. */
    public static final Tac NONE = new Tac(0);

    /** Whether this stands for "no TAC": all bytes 00 or all FF. */
    public boolean isAbsent() {
        return value == 0 || value == -1;
    }

    @Override
    public String toString() {
        return HexFormat.of().withUpperCase().toHexDigits(value);
    }
}
