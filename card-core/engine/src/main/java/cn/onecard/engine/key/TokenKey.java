package cn.onecard.engine.key;

import cn.onecard.purse.FactorFormat;
import cn.onecard.purse.PurseCrypto;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardNo;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** A master key of triple DES in a token, which it never leaves. The token enciphers the first factor of a card; the factors after it
 *  are applied here, to what came out of the first, and that is wiped.
 *
 *  <p>The provider of the JDK has no derivation whose result stays in the token (CKM_DES3_ECB_ENCRYPT_DATA), so what the first factor
 *  makes, the key of an issuer or a city, is in memory for as long as one derivation takes. */
final class TokenKey implements MasterKey {
    private final Token token;
    private final String label;
    private final String checkValue;

    /** @param checkValue what the key's check value was when it was brought */
    TokenKey(Token token, String label, String checkValue) {
        this.token = token;
        this.label = label;
        this.checkValue = checkValue;
    }

    @Override
    public byte[] cardKey(FactorFormat format, CardNo cardNo, long issuerId, int city) {
        List<byte[]> factors = format.factors(cardNo, issuerId, city);
        byte[] key = token.encrypt(Token.Form.TDES, label, bothHalves(factors.getFirst()));
        for (byte[] factor : factors.subList(1, factors.size())) {
            byte[] next = PurseCrypto.diversify(Algorithm.TDES, key, factor);
            Arrays.fill(key, (byte) 0);
            key = next;
        }
        return key;
    }

    @Override
    public String checkValue() {
        return checkValue;
    }

    /** Asks the token whether this is still the key that was brought.
     *
     *  @throws KeysUnavailable if it is another, or gone */
    void prove() {
        String now = MasterKey.checkText(token.encrypt(Token.Form.TDES, label, MasterKey.zeros(Algorithm.TDES)));
        if (!now.equals(checkValue)) {
            throw new KeysUnavailable("the key " + label + " of the " + token + " has check value " + now + ", and " + checkValue + " was brought");
        }
    }

    /** A factor and its complement, which make the two halves of a key. */
    private static byte[] bothHalves(byte[] factor) {
        long half = ByteBuffer.wrap(factor).getLong();
        return ByteBuffer.allocate(PurseCrypto.KEY_BYTES).putLong(half).putLong(~half).array();
    }

    @Override
    public String toString() {
        return "token key " + label + ' ' + checkValue;
    }
}
