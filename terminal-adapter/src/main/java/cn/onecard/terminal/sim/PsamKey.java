package cn.onecard.terminal.sim;

import cn.onecard.purse.PurseCrypto;
import cn.onecard.vocabulary.Algorithm;

/** One purchase master key of a PSAM. */
public final class PsamKey {
    private final int keyVersion;
    private final Algorithm algorithm;
    private final byte[] mpk;

    /** A key.
     *
     *  @param keyVersion chosen by what the card's INIT answered, 0 to 255
     *  @param algorithm what it is made for
     *  @param mpk 16 bytes */
    public PsamKey(int keyVersion, Algorithm algorithm, byte[] mpk) {
        if (mpk.length != PurseCrypto.KEY_BYTES) {
            throw new IllegalArgumentException("a master key has 16 bytes");
        }
        this.keyVersion = keyVersion;
        this.algorithm = algorithm;
        this.mpk = mpk.clone();
    }

    Algorithm algorithm() {
        return algorithm;
    }

    byte[] mpk() {
        return mpk;
    }

    /** Whether this is the key for what INIT answered. Algorithm byte 00 is an older way to say 3DES. */
    boolean fits(int version, int algorithmByte) {
        return version == keyVersion && (algorithmByte == algorithm.code() || (algorithmByte == 0 && algorithm == Algorithm.TDES));
    }
}
