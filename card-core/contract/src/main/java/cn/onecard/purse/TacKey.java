package cn.onecard.purse;

import cn.onecard.vocabulary.Algorithm;
import java.util.function.Supplier;

/** A card's TAC key, set up once to check many taps. Immutable and thread-safe.
 *
 *  <p>For 3DES cards the key schedule of single DES is kept, some 200 bytes; a TAC then costs its four blocks and nothing else.
 *  An SM4 engine is not thread-safe, and its schedule is quickly made, so that is made for each TAC. */
public final class TacKey {
    private final Supplier<BlockCipher> cipher;

    private TacKey(Supplier<BlockCipher> cipher) {
        this.cipher = cipher;
    }

    /** Sets up a key.
     *
     *  @param dtk the card's TAC key, 16 bytes */
    public static TacKey of(Algorithm algorithm, byte[] dtk) {
        byte[] key = PurseCrypto.tacKey(algorithm, dtk);
        return switch (algorithm) {
            case TDES -> {
                BlockCipher kept = BlockCipher.scheduledDes(key);
                yield new TacKey(() -> kept);
            }
            case SM4 -> new TacKey(() -> BlockCipher.sm4(key));
        };
    }

    /** The TAC over an input string of {@link PurseInput}: the left four bytes, big-endian. */
    public int tac(byte[] input) {
        return PurseCrypto.mac(cipher.get(), input);
    }
}
