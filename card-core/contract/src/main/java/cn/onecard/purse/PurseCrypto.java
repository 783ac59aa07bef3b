package cn.onecard.purse;

import cn.onecard.vocabulary.Algorithm;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** Keys and codes of the e-purse, by PBOC/JR/T 0025 conventions [1]. All methods are pure and thread-safe; keys are plain
 *  byte arrays here, because only the key room and the cards hold them.
 *
 *  <pre>
 *                      3DES                                     SM4
 *  diversify(K, F)     E3(K, F) || E3(K, not F)                 S4(K, F || not F)
 *  purchase session    E3(DPK, X), 8 bytes                      S4(DPK, X || not X), 16 bytes
 *                      X = rnd4 || counter2 || low 2 bytes of the PSAM sequence
 *  load session        E3(DLK, Y), 8 bytes                      S4(DLK, Y || not Y), 16 bytes
 *                      Y = rnd4 || on-line counter2 || 8000
 *  TAC key             left half XOR right half of DTK          DTK itself
 *  MAC, TAC            CBC-MAC, IV 0, always padded 80 00..., left 4 bytes
 *  </pre>
 *  No published vector covers SM4 above the block cipher, nor two levels of diversification; those rules are the ones most
 *  implementations agree on.
 *
 *  <p>[1] JR/T 0025.2-2018, clauses on EDEP transactions; algorithm SM4: GB/T 32907-2016. */
public final class PurseCrypto {
    /** Length of every master, card and TAC base key in bytes. */
    public static final int KEY_BYTES = 16;

    private PurseCrypto() {}

    /** One level of diversification.
     *
     *  @param key 16 bytes
     *  @param factor 8 bytes
     *  @return 16 bytes */
    public static byte[] diversify(Algorithm algorithm, byte[] key, byte[] factor) {
        requireKey(key);
        if (factor.length != 8) {
            throw new IllegalArgumentException("a factor has 8 bytes, not " + factor.length);
        }
        return switch (algorithm) {
            case TDES -> {
                BlockCipher cipher = BlockCipher.tdes(key);
                byte[] left = factor.clone();
                byte[] right = inverted(factor);
                cipher.encrypt(left);
                cipher.encrypt(right);
                yield concat(left, right);
            }
            case SM4 -> sm4OfBothHalves(key, factor);
        };
    }

    /** Session key of a purchase or composite purchase.
     *
     *  @param dpk the card's purchase key, 16 bytes
     *  @param random 4 bytes of INIT
     *  @param counter off-line counter of INIT, before +1
     *  @param psamSeq PSAM sequence; its low two bytes count
     *  @return 8 bytes (3DES) or 16 bytes (SM4) */
    public static byte[] purchaseSessionKey(Algorithm algorithm, byte[] dpk, byte[] random, int counter, long psamSeq) {
        return sessionKey(algorithm, dpk, random, counter, (int) psamSeq);
    }

    /** Session key of a load.
     *
     *  @param dlk the card's load key, 16 bytes
     *  @param random 4 bytes of INIT
     *  @param onlineCounter on-line counter of INIT, before +1
     *  @return 8 bytes (3DES) or 16 bytes (SM4) */
    public static byte[] loadSessionKey(Algorithm algorithm, byte[] dlk, byte[] random, int onlineCounter) {
        return sessionKey(algorithm, dlk, random, onlineCounter, 0x8000);
    }

    /** The key that TACs are made with.
     *
     *  @param dtk the card's TAC key, 16 bytes
     *  @return 8 bytes (3DES) or 16 bytes (SM4) */
    public static byte[] tacKey(Algorithm algorithm, byte[] dtk) {
        requireKey(dtk);
        return switch (algorithm) {
            case TDES -> {
                byte[] key = new byte[8];
                for (int i = 0; i < 8; i++) {
                    key[i] = (byte) (dtk[i] ^ dtk[i + 8]);
                }
                yield key;
            }
            case SM4 -> dtk.clone();
        };
    }

    /** MAC1, MAC2, MAC3 or TAC over an input string of {@link PurseInput}.
     *
     *  @param key a session key or a TAC key, 8 bytes (3DES) or 16 bytes (SM4)
     *  @return the left four bytes, big-endian */
    public static int mac(Algorithm algorithm, byte[] key, byte[] input) {
        return mac(algorithm == Algorithm.TDES ? BlockCipher.des(key) : BlockCipher.sm4(key), input);
    }

    static int mac(BlockCipher cipher, byte[] input) {
        return leftFour(cbcMac(cipher, new byte[cipher.blockBytes()], input));
    }

    /** Secure-messaging MAC with a 16-byte key: CBC under single DES with the left half, then the last block decrypted
     *  under the right half and encrypted under the left.
     *
     *  @param challenge 4 bytes of GET CHALLENGE, padded with zeros to the IV
     *  @param input command header, with Lc already counting the MAC, and data */
    public static int secureMessagingMac(byte[] key16, byte[] challenge, byte[] input) {
        requireKey(key16);
        byte[] left = Arrays.copyOf(key16, 8);
        byte[] right = Arrays.copyOfRange(key16, 8, 16);
        byte[] last = cbcMac(BlockCipher.des(left), Arrays.copyOf(challenge, 8), input);
        byte[] middle = jce(Cipher.DECRYPT_MODE, "DES", right, last);
        return leftFour(jce(Cipher.ENCRYPT_MODE, "DES", left, middle));
    }

    /** Secure-messaging encipherment under 3DES: length byte, data, and 80 00... only if not aligned.
     *
     *  @param data at most 238 bytes */
    public static byte[] secureMessagingEncrypt(byte[] key16, byte[] data) {
        requireKey(key16);
        if (data.length > 238) {
            throw new IllegalArgumentException("a command holds at most 238 bytes to encipher, not " + data.length);
        }
        byte[] framed = concat(new byte[] {(byte) data.length}, data);
        byte[] padded = framed.length % 8 == 0 ? framed : padded(framed, 8);
        return jce(Cipher.ENCRYPT_MODE, "DESede", concat(key16, Arrays.copyOf(key16, 8)), padded);
    }

    /** One block under the given key: 8-byte key DES, 16-byte key 3DES or SM4. For authentication commands and key check
     *  values. */
    public static byte[] encryptBlock(Algorithm algorithm, byte[] key, byte[] block) {
        BlockCipher cipher = switch (algorithm) {
            case TDES -> key.length == 8 ? BlockCipher.des(key) : BlockCipher.tdes(key);
            case SM4 -> BlockCipher.sm4(key);
        };
        if (block.length != cipher.blockBytes()) {
            throw new IllegalArgumentException("one block is " + cipher.blockBytes() + " bytes, not " + block.length);
        }
        byte[] result = block.clone();
        cipher.encrypt(result);
        return result;
    }

    private static byte[] sessionKey(Algorithm algorithm, byte[] key, byte[] random, int counter, int tail) {
        requireKey(key);
        if (random.length != 4) {
            throw new IllegalArgumentException("the random of INIT has 4 bytes, not " + random.length);
        }
        byte[] x = {random[0], random[1], random[2], random[3],
            (byte) (counter >>> 8), (byte) counter, (byte) (tail >>> 8), (byte) tail};
        return switch (algorithm) {
            case TDES -> {
                BlockCipher.tdes(key).encrypt(x);
                yield x;
            }
            case SM4 -> sm4OfBothHalves(key, x);
        };
    }

    private static void requireKey(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has 16 bytes, not " + key.length);
        }
    }

    private static byte[] sm4OfBothHalves(byte[] key, byte[] half) {
        byte[] block = concat(half, inverted(half));
        BlockCipher.sm4(key).encrypt(block);
        return block;
    }

    private static byte[] cbcMac(BlockCipher cipher, byte[] iv, byte[] input) {
        int size = cipher.blockBytes();
        byte[] text = padded(input, size);
        byte[] state = iv.clone();
        for (int at = 0; at < text.length; at += size) {
            for (int i = 0; i < size; i++) {
                state[i] ^= text[at + i];
            }
            cipher.encrypt(state);
        }
        return state;
    }

    private static byte[] padded(byte[] input, int blockBytes) {
        byte[] text = Arrays.copyOf(input, (input.length / blockBytes + 1) * blockBytes);
        text[input.length] = (byte) 0x80;
        return text;
    }

    private static byte[] jce(int mode, String algorithm, byte[] key, byte[] data) {
        try {
            Cipher cipher = Cipher.getInstance(algorithm + "/ECB/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, algorithm));
            return cipher.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK refuses " + algorithm, e);
        }
    }

    private static byte[] inverted(byte[] bytes) {
        byte[] result = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            result[i] = (byte) ~bytes[i];
        }
        return result;
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] result = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, result, a.length, b.length);
        return result;
    }

    private static int leftFour(byte[] block) {
        return (block[0] & 0xFF) << 24 | (block[1] & 0xFF) << 16 | (block[2] & 0xFF) << 8 | (block[3] & 0xFF);
    }
}
