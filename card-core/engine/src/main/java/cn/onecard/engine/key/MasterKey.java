package cn.onecard.engine.key;

import cn.onecard.purse.FactorFormat;
import cn.onecard.purse.PurseCrypto;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardNo;
import java.util.Arrays;
import java.util.HexFormat;

/** One master key, wherever it is kept. Thread-safe; its text shows no key. */
sealed interface MasterKey permits HeldKey, TokenKey {
    /** How many bytes of a block tell a key. */
    int CHECK_BYTES = 3;

    /** The key of a card, 16 bytes.
     *
     *  @throws KeysUnavailable if the token that keeps the master does not answer */
    byte[] cardKey(FactorFormat format, CardNo cardNo, long issuerId, int city);

    /** The key check value (KCV), six digits. */
    String checkValue();

    /** The key check value of a key: the first three bytes of a block of zeros under it, eight zeros for triple DES, sixteen for SM4. */
    static String checkValue(Algorithm algorithm, byte[] key) {
        return checkText(PurseCrypto.encryptBlock(algorithm, key, zeros(algorithm)));
    }

    /** A block of zeros. */
    static byte[] zeros(Algorithm algorithm) {
        return new byte[algorithm == Algorithm.TDES ? 8 : 16];
    }

    /** The check value that an enciphered block of zeros stands for. */
    static String checkText(byte[] block) {
        return HexFormat.of().withUpperCase().formatHex(Arrays.copyOf(block, CHECK_BYTES));
    }
}
