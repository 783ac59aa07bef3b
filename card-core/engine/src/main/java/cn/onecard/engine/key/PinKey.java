package cn.onecard.engine.key;

import java.util.Arrays;
import java.util.Optional;

/** The key that PINs travel under (PIK). A PIN in clear and the key itself do not come out: what comes out is a block under this
 *  key or under another. Thread-safe.
 *
 *  <pre>
 *  ISO 9564-1 format 0 (ANSI X9.8), in half bytes, XORed:
 *    0 length PIN(4 to 12) F...F
 *    0 0 0 0 and the 12 digits of the PAN before its check digit
 *  </pre>
 *  Under SM4 the block has 16 bytes: F fills the first row, zeros go before the digits of the second. So acquirers do it; no
 *  published page says it. */
public final class PinKey {
    private static final int MIN_PIN = 4;
    private static final int MAX_PIN = 12;
    private static final int PAN_DIGITS = 12;

    private final BlockKey key;

    PinKey(BlockKey key) {
        this.key = key;
    }

    /** A PIN as it is typed, enciphered: what a PIN pad does.
     *
     *  @param pin 4 to 12 digits; overwritten by the caller
     *  @param pan all digits of the bank card's number
     *  @return 8 bytes, or 16 under SM4 */
    public byte[] encipher(char[] pin, String pan) {
        int[] digits = new int[pin.length];
        for (int i = 0; i < pin.length; i++) {
            digits[i] = Character.digit(pin[i], 10);
        }
        try {
            return encipher(digits, pan);
        } finally {
            Arrays.fill(digits, 0);
        }
    }

    /** A PIN that came under this key, for another key.
     *
     *  @param block the PIN block under this key
     *  @param pan all digits of the bank card's number
     *  @param to the key that it goes on under
     *  @return the PIN block under that key; empty if the first one holds no PIN of that card under this key */
    public Optional<byte[]> translate(byte[] block, String pan, PinKey to) {
        if (block.length != key.form().blockBytes()) {
            return Optional.empty();
        }
        byte[] clear = xor(key.decrypt(block), panRow(pan));
        int length = clear[0];
        boolean sound = length >= MIN_PIN && length <= MAX_PIN;
        int[] digits = new int[sound ? length : 0];
        for (int i = 2; sound && i < 2 * clear.length; i++) {
            int half = (i % 2 == 0 ? clear[i / 2] >> 4 : clear[i / 2]) & 0xF;
            if (i - 2 < length) {
                digits[i - 2] = half;
                sound = half <= 9;
            } else {
                sound = half == 0xF;
            }
        }
        try {
            return sound ? Optional.of(to.encipher(digits, pan)) : Optional.empty();
        } finally {
            Arrays.fill(clear, (byte) 0);
            Arrays.fill(digits, 0);
        }
    }

    private byte[] encipher(int[] digits, String pan) {
        if (digits.length < MIN_PIN || digits.length > MAX_PIN) {
            throw new IllegalArgumentException("a PIN has 4 to 12 digits");
        }
        byte[] row = new byte[key.form().blockBytes()];
        Arrays.fill(row, (byte) 0xFF);
        row[0] = (byte) digits.length;
        for (int i = 0; i < digits.length; i++) {
            if (digits[i] < 0 || digits[i] > 9) {
                throw new IllegalArgumentException("a PIN has digits alone");
            }
            int shift = i % 2 == 0 ? 4 : 0;
            row[1 + i / 2] = (byte) ((row[1 + i / 2] & ~(0xF << shift)) | (digits[i] << shift));
        }
        byte[] clear = xor(row, panRow(pan));
        try {
            return key.encrypt(clear);
        } finally {
            Arrays.fill(row, (byte) 0);
            Arrays.fill(clear, (byte) 0);
        }
    }

    private byte[] panRow(String pan) {
        if (!pan.matches("[0-9]{13,19}")) {
            throw new IllegalArgumentException("a PAN has 13 to 19 digits");
        }
        byte[] row = new byte[key.form().blockBytes()];
        int from = pan.length() - 1 - PAN_DIGITS;
        for (int i = 0; i < PAN_DIGITS / 2; i++) {
            row[row.length - PAN_DIGITS / 2 + i] =
                    (byte) (Character.digit(pan.charAt(from + 2 * i), 10) << 4 | Character.digit(pan.charAt(from + 2 * i + 1), 10));
        }
        return row;
    }

    private static byte[] xor(byte[] a, byte[] b) {
        byte[] result = a.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] ^= b[i];
        }
        return result;
    }

    @Override
    public String toString() {
        return "PIN key of " + key;
    }
}
