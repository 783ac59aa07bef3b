package cn.onecard.purse;

import cn.onecard.vocabulary.Algorithm;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

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

    private static final VarHandle NUMBER = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

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
        return diversify(algorithm, key, number(factor, 0));
    }

    /** The same with the factor as a big-endian number. */
    static byte[] diversify(Algorithm algorithm, byte[] key, long factor) {
        return switch (algorithm) {
            case TDES -> {
                TripleDes cipher = new TripleDes(key);
                yield bytes(cipher.encrypt(factor), cipher.encrypt(~factor));
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
            case TDES -> bytes(number(dtk, 0) ^ number(dtk, 8));
            case SM4 -> dtk.clone();
        };
    }

    /** MAC1, MAC2, MAC3 or TAC over an input string of {@link PurseInput}.
     *
     *  @param key a session key or a TAC key, 8 bytes (3DES) or 16 bytes (SM4)
     *  @return the left four bytes, big-endian */
    public static int mac(Algorithm algorithm, byte[] key, byte[] input) {
        return switch (algorithm) {
            case TDES -> mac(des(key), input);
            case SM4 -> mac(new Sm4(key), input);
        };
    }

    static int mac(Des cipher, byte[] input) {
        return leftFour(cbcMac(cipher, 0, input));
    }

    static int mac(Sm4 cipher, byte[] input) {
        byte[] state = new byte[Sm4.BLOCK_BYTES];
        int at = 0;
        for (; input.length - at >= Sm4.BLOCK_BYTES; at += Sm4.BLOCK_BYTES) {
            add(state, input, at, Sm4.BLOCK_BYTES);
            cipher.encrypt(state);
        }
        add(state, input, at, input.length - at);
        state[input.length - at] ^= (byte) 0x80;
        cipher.encrypt(state);
        return leftFour(number(state, 0));
    }

    /** Secure-messaging MAC with a 16-byte key: CBC under single DES with the left half, then the last block decrypted
     *  under the right half and encrypted under the left.
     *
     *  @param challenge 4 bytes of GET CHALLENGE, padded with zeros to the IV
     *  @param input command header, with Lc already counting the MAC, and data */
    public static int secureMessagingMac(byte[] key16, byte[] challenge, byte[] input) {
        requireKey(key16);
        Des left = new Des(number(key16, 0));
        Des right = new Des(number(key16, 8));
        long last = cbcMac(left, number(Arrays.copyOf(challenge, Des.BLOCK_BYTES), 0), input);
        return leftFour(left.encrypt(right.decrypt(last)));
    }

    /** Secure-messaging encipherment under 3DES: length byte, data, and 80 00... only if not aligned.
     *
     *  @param data at most 238 bytes */
    public static byte[] secureMessagingEncrypt(byte[] key16, byte[] data) {
        requireKey(key16);
        if (data.length > 238) {
            throw new IllegalArgumentException("a command holds at most 238 bytes to encipher, not " + data.length);
        }
        TripleDes cipher = new TripleDes(key16);
        int blocks = data.length / Des.BLOCK_BYTES + 1;
        ByteBuffer text = ByteBuffer.allocate(blocks * Des.BLOCK_BYTES).put((byte) data.length).put(data);
        if (text.hasRemaining()) {
            text.put((byte) 0x80);
        }
        for (int at = 0; at < text.capacity(); at += Des.BLOCK_BYTES) {
            text.putLong(at, cipher.encrypt(text.getLong(at)));
        }
        return text.array();
    }

    /** One block under the given key: 8-byte key DES, 16-byte key 3DES or SM4. For authentication commands and key check
     *  values. */
    public static byte[] encryptBlock(Algorithm algorithm, byte[] key, byte[] block) {
        int blockBytes = algorithm == Algorithm.TDES ? Des.BLOCK_BYTES : Sm4.BLOCK_BYTES;
        if (block.length != blockBytes) {
            throw new IllegalArgumentException("one block is " + blockBytes + " bytes, not " + block.length);
        }
        return switch (algorithm) {
            case TDES -> {
                long clear = number(block, 0);
                yield bytes(key.length == 8 ? des(key).encrypt(clear) : new TripleDes(key).encrypt(clear));
            }
            case SM4 -> {
                byte[] result = block.clone();
                new Sm4(key).encrypt(result);
                yield result;
            }
        };
    }

    private static byte[] sessionKey(Algorithm algorithm, byte[] key, byte[] random, int counter, int tail) {
        requireKey(key);
        if (random.length != 4) {
            throw new IllegalArgumentException("the random of INIT has 4 bytes, not " + random.length);
        }
        long x = ((long) ByteBuffer.wrap(random).getInt() << 32) | ((counter & 0xFFFFL) << 16) | (tail & 0xFFFFL);
        return switch (algorithm) {
            case TDES -> bytes(new TripleDes(key).encrypt(x));
            case SM4 -> sm4OfBothHalves(key, x);
        };
    }

    /** Two-key triple DES, K_L K_R K_L. */
    private static final class TripleDes {
        private final Des left;
        private final Des right;

        private TripleDes(byte[] key16) {
            requireKey(key16);
            left = new Des(number(key16, 0));
            right = new Des(number(key16, 8));
        }

        private long encrypt(long block) {
            return left.encrypt(right.decrypt(left.encrypt(block)));
        }
    }

    private static Des des(byte[] key8) {
        if (key8.length != Des.BLOCK_BYTES) {
            throw new IllegalArgumentException("a DES key has 8 bytes, not " + key8.length);
        }
        return new Des(number(key8, 0));
    }

    private static void requireKey(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has 16 bytes, not " + key.length);
        }
    }

    private static byte[] sm4OfBothHalves(byte[] key, long half) {
        byte[] block = bytes(half, ~half);
        new Sm4(key).encrypt(block);
        return block;
    }

    /** CBC over the input and its padding 80 00...; the last block. */
    private static long cbcMac(Des cipher, long iv, byte[] input) {
        long state = iv;
        int at = 0;
        for (; input.length - at >= Des.BLOCK_BYTES; at += Des.BLOCK_BYTES) {
            state = cipher.encrypt(state ^ number(input, at));
        }
        int rest = input.length - at;
        long last = 0x80L << (56 - 8 * rest);
        for (int i = 0; i < rest; i++) {
            last |= (input[at + i] & 0xFFL) << (56 - 8 * i);
        }
        return cipher.encrypt(state ^ last);
    }

    private static void add(byte[] state, byte[] input, int from, int count) {
        for (int i = 0; i < count; i++) {
            state[i] ^= input[from + i];
        }
    }

    private static long number(byte[] bytes, int from) {
        return (long) NUMBER.get(bytes, from);
    }

    private static byte[] bytes(long eight) {
        return ByteBuffer.allocate(8).putLong(eight).array();
    }

    private static byte[] bytes(long first, long second) {
        return ByteBuffer.allocate(16).putLong(first).putLong(second).array();
    }

    private static int leftFour(long block) {
        return (int) (block >>> 32);
    }
}
