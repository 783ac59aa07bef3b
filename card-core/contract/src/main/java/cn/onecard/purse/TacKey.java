package cn.onecard.purse;

import cn.onecard.vocabulary.Algorithm;
import java.nio.ByteBuffer;

/** A card's TAC key, kept to check many taps. Immutable and thread-safe.
 *
 *  <p>It holds the key and not its schedule: measured over a city's cards, to make the schedule again costs no more than to fetch it
 *  from memory, and a key takes a fifth of the room. */
public final class TacKey {
    private final Algorithm algorithm;
    private final long first;
    private final long second;      // SM4 alone

    private TacKey(Algorithm algorithm, long first, long second) {
        this.algorithm = algorithm;
        this.first = first;
        this.second = second;
    }

    /** Sets up a key.
     *
     *  @param dtk the card's TAC key, 16 bytes */
    public static TacKey of(Algorithm algorithm, byte[] dtk) {
        ByteBuffer key = ByteBuffer.wrap(PurseCrypto.tacKey(algorithm, dtk));
        return switch (algorithm) {
            case TDES -> new TacKey(algorithm, key.getLong(), 0);
            case SM4 -> new TacKey(algorithm, key.getLong(), key.getLong());
        };
    }

    /** A key as it was kept.
     *
     *  @param first what {@link #first()} was
     *  @param second what {@link #second()} was */
    public static TacKey ofKept(Algorithm algorithm, long first, long second) {
        return new TacKey(algorithm, first, second);
    }

    /** The first eight bytes of the key: of 3DES all there is. To be kept in memory alone. */
    public long first() {
        return first;
    }

    /** The last eight bytes of an SM4 key. To be kept in memory alone. */
    public long second() {
        return second;
    }

    /** The TAC over an input string of {@link PurseInput}: the left four bytes, big-endian. */
    public int tac(byte[] input) {
        return switch (algorithm) {
            case TDES -> PurseCrypto.mac(new Des(first), input);
            case SM4 -> PurseCrypto.mac(new Sm4(ByteBuffer.allocate(PurseCrypto.KEY_BYTES).putLong(first).putLong(second).array()), input);
        };
    }
}
