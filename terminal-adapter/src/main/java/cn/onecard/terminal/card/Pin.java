package cn.onecard.terminal.card;

import java.util.HexFormat;

/** A PIN (口令) as the card keeps it: two to six bytes BCD, F filling up an odd number of digits. Never shown. */
public final class Pin {
    private final byte[] bytes;

    private Pin(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The PIN of four to twelve digits.
     *
     *  @throws IllegalArgumentException if it is none */
    public static Pin ofDigits(String digits) {
        if (!digits.matches("[0-9]{4,12}")) {
            throw new IllegalArgumentException("a PIN has 4 to 12 digits");
        }
        return new Pin(HexFormat.of().parseHex(digits.length() % 2 == 0 ? digits : digits + "F"));
    }

    byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "****";
    }
}
