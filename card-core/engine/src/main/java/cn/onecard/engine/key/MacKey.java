package cn.onecard.engine.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** The key that the messages of a bank link are authenticated with (MAK). Thread-safe; the key does not come out.
 *
 *  <p><b>UnionPay's ECB algorithm.</b> The text is filled with zeros to whole blocks and all blocks are XORed. The result, in
 *  hexadecimal ASCII, is twice as long; its left half is enciphered, XORed with its right half and enciphered again. The first
 *  eight hexadecimal digits of that, in ASCII, are the MAC, for SM4 with its blocks of 16 bytes as well. */
public final class MacKey {
    private static final HexFormat UPPER = HexFormat.of().withUpperCase();
    private static final int MAC_BYTES = 8;

    private final BlockKey key;

    MacKey(BlockKey key) {
        this.key = key;
    }

    /** The MAC of a text, eight bytes.
     *
     *  @throws IllegalArgumentException if the method is for another kind of key */
    public byte[] mac(MacMethod method, byte[] text) {
        byte[] full = full(method, text);
        return method.isSentInDigits() ? ascii(UPPER.formatHex(full, 0, MAC_BYTES / 2)) : Arrays.copyOf(full, MAC_BYTES);
    }

    /** Whether that is the MAC of a text; takes the same time wherever they differ. */
    public boolean verify(MacMethod method, byte[] text, byte[] mac) {
        return MessageDigest.isEqual(mac(method, text), mac);
    }

    /** The last block, of which the MAC is a part. */
    byte[] full(MacMethod method, byte[] text) {
        if (method.form() != key.form()) {
            throw new IllegalArgumentException(method + " with a key of " + key.form());
        }
        return switch (method) {
            case CUP_ECB_DES, CUP_ECB_3DES, CUP_ECB_SM4 -> cupEcb(text);
            case X919_RAW8, X919_HEX8 -> x919(text);
            case CBC_DES, CBC_SM4_RAW8, CBC_SM4_HEX8 -> lastOfCbc(key, text);
        };
    }

    private byte[] cupEcb(byte[] text) {
        int size = key.form().blockBytes();
        byte[] folded = new byte[size];
        for (int i = 0; i < text.length; i++) {
            folded[i % size] ^= text[i];
        }
        byte[] digits = ascii(UPPER.formatHex(folded));
        byte[] first = key.encrypt(Arrays.copyOf(digits, size));
        return key.encrypt(xor(first, digits, size));
    }

    private byte[] x919(byte[] text) {
        byte[] last = lastOfCbc(key.half(0), text);
        return key.half(0).encrypt(key.half(1).decrypt(last));
    }

    private static byte[] lastOfCbc(BlockKey key, byte[] text) {
        int size = key.form().blockBytes();
        byte[] filled = Arrays.copyOf(text, (text.length + size - 1) / size * size);
        byte[] state = new byte[size];
        for (int at = 0; at < filled.length; at += size) {
            state = key.encrypt(xor(state, filled, at));
        }
        return state;
    }

    private static byte[] xor(byte[] block, byte[] other, int at) {
        byte[] result = block.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] ^= other[at + i];
        }
        return result;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "MAC key of " + key;
    }
}
