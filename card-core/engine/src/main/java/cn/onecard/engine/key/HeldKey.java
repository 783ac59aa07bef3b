package cn.onecard.engine.key;

import cn.onecard.purse.FactorFormat;
import cn.onecard.purse.PurseCrypto;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardNo;

/** A master key held in memory, 16 bytes. At rest it lies in a sealed file. */
final class HeldKey implements MasterKey {
    private final Algorithm algorithm;
    private final byte[] key;

    HeldKey(Algorithm algorithm, byte[] key) {
        if (key.length != PurseCrypto.KEY_BYTES) {
            throw new IllegalArgumentException("a master key has 16 bytes, not " + key.length);
        }
        this.algorithm = algorithm;
        this.key = key.clone();
    }

    @Override
    public byte[] cardKey(FactorFormat format, CardNo cardNo, long issuerId, int city) {
        return format.cardKey(algorithm, key, cardNo, issuerId, city);
    }

    @Override
    public String checkValue() {
        return MasterKey.checkValue(algorithm, key);
    }

    /** A copy of the key. */
    byte[] bytes() {
        return key.clone();
    }

    @Override
    public String toString() {
        return "held key " + checkValue();
    }
}
