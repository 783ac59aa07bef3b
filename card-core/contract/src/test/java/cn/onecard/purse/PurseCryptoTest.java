package cn.onecard.purse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cn.onecard.vocabulary.Algorithm;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.Mac;
import org.bouncycastle.crypto.engines.DESEngine;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.macs.CBCBlockCipherMac;
import org.bouncycastle.crypto.macs.ISO9797Alg3Mac;
import org.bouncycastle.crypto.paddings.ISO7816d4Padding;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The purse's ciphers and codes against Bouncy Castle's own MACs, at lengths and keys that no published vector has. */
class PurseCryptoTest {
    private static final int LONGEST = 70;

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void mac_everyLengthFromEmptyOverSeveralBlocks_equalsTheOracle(Algorithm algorithm) {
        Random random = new Random(20_261_124);
        for (int length = 0; length <= LONGEST; length++) {
            byte[] key = bytes(random, macKeyBytes(algorithm));
            byte[] input = bytes(random, length);

            assertThat(Vector.hex(PurseCrypto.mac(algorithm, key, input)))
                    .as(algorithm + ", " + length + " bytes")
                    .isEqualTo(oracle(cbcMac(algorithm), new KeyParameter(key), input));
        }
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void mac_alignedInput_isPaddedAllTheSame(Algorithm algorithm) {
        byte[] key = bytes(new Random(1), macKeyBytes(algorithm));
        byte[] block = bytes(new Random(2), macKeyBytes(algorithm));
        byte[] alreadyPadded = Arrays.copyOf(block, block.length * 2);
        alreadyPadded[block.length] = (byte) 0x80;

        byte[] unpaddedMac = PurseCrypto.encryptBlock(algorithm, key, block);

        assertThat(PurseCrypto.mac(algorithm, key, block)).isNotEqualTo(PurseCrypto.mac(algorithm, key, alreadyPadded));
        assertThat(Vector.hex(PurseCrypto.mac(algorithm, key, block))).isNotEqualTo(Vector.hex(unpaddedMac).substring(0, 8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000000000000000", "0101010101010101", "FEFEFEFEFEFEFEFE", "E0E0E0E0F1F1F1F1", "1F1F1F1F0E0E0E0E", "FFFFFFFFFFFFFFFF"})
    void mac_weakDesKey_isAcceptedAndRight(String weakKey) {
        byte[] input = bytes(new Random(3), 22);

        assertThat(Vector.hex(PurseCrypto.mac(Algorithm.TDES, Vector.parse(weakKey), input)))
                .isEqualTo(oracle(cbcMac(Algorithm.TDES), new KeyParameter(Vector.parse(weakKey)), input));
    }

    @Test
    void mac_parityBitsOfTheKeyDiffer_isTheSame() {
        byte[] input = bytes(new Random(4), 22);

        assertThat(PurseCrypto.mac(Algorithm.TDES, Vector.parse("1122334455667788"), input))
                .isEqualTo(PurseCrypto.mac(Algorithm.TDES, Vector.parse("1023324554677689"), input));
    }

    @Test
    void secureMessagingMac_everyLength_equalsTheOracle() {
        Random random = new Random(5);
        for (int length = 5; length <= LONGEST; length++) {
            byte[] key = bytes(random, 16);
            byte[] challenge = bytes(random, 4);
            byte[] input = bytes(random, length);
            Mac oracle = new ISO9797Alg3Mac(new DESEngine(), 32, new ISO7816d4Padding());

            assertThat(Vector.hex(PurseCrypto.secureMessagingMac(key, challenge, input)))
                    .isEqualTo(oracle(oracle, new ParametersWithIV(new KeyParameter(key), Arrays.copyOf(challenge, 8)), input));
        }
    }

    @Test
    void secureMessagingEncrypt_dataWithLengthByteAligned_isNotPadded() {
        byte[] key = bytes(new Random(6), 16);

        assertThat(PurseCrypto.secureMessagingEncrypt(key, new byte[7])).hasSize(8);
        assertThat(PurseCrypto.secureMessagingEncrypt(key, new byte[8])).hasSize(16);
        assertThat(PurseCrypto.secureMessagingEncrypt(key, new byte[0])).hasSize(8);
        assertThat(PurseCrypto.secureMessagingEncrypt(key, new byte[238])).hasSize(240);
    }

    @Test
    void secureMessagingEncrypt_moreThanACommandHolds_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> PurseCrypto.secureMessagingEncrypt(new byte[16], new byte[239]));
    }

    @Test
    void diversify_invertedFactor_swapsTheHalvesOfA3DesKey() {
        byte[] master = bytes(new Random(7), 16);

        String key = Vector.hex(PurseCrypto.diversify(Algorithm.TDES, master, Vector.parse("1122334455667788")));
        String swapped = Vector.hex(PurseCrypto.diversify(Algorithm.TDES, master, Vector.parse("EEDDCCBBAA998877")));

        assertThat(swapped).isEqualTo(key.substring(16) + key.substring(0, 16));
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void purchaseSessionKey_highHalfOfTheSequenceDiffers_isTheSame(Algorithm algorithm) {
        byte[] dpk = bytes(new Random(8), 16);
        byte[] random = bytes(new Random(9), 4);

        byte[] key = PurseCrypto.purchaseSessionKey(algorithm, dpk, random, 7, 0x0001_0203L);

        assertThat(key).isEqualTo(PurseCrypto.purchaseSessionKey(algorithm, dpk, random, 7, 0xFFFF_0203L));
        assertThat(key).isNotEqualTo(PurseCrypto.purchaseSessionKey(algorithm, dpk, random, 7, 0x0001_0204L));
        assertThat(key).isNotEqualTo(PurseCrypto.purchaseSessionKey(algorithm, dpk, random, 8, 0x0001_0203L));
        assertThat(key).hasSize(macKeyBytes(algorithm));
    }

    @Test
    void tacKey_3DesHalvesEqual_isAllZeros() {
        assertThat(PurseCrypto.tacKey(Algorithm.TDES, Vector.parse("34343434343434343434343434343434"))).isEqualTo(new byte[8]);
    }

    @Test
    void tacKey_sm4_isACopyOfTheWholeKey() {
        byte[] dtk = bytes(new Random(10), 16);

        byte[] tacKey = PurseCrypto.tacKey(Algorithm.SM4, dtk);

        assertThat(tacKey).isEqualTo(dtk).isNotSameAs(dtk);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 15, 17, 24})
    void everyFunction_keyOfAnotherLength_isRefused(int length) {
        byte[] wrong = new byte[length];
        for (Algorithm algorithm : Algorithm.values()) {
            assertThatIllegalArgumentException().isThrownBy(() -> PurseCrypto.diversify(algorithm, wrong, new byte[8]));
            assertThatIllegalArgumentException().isThrownBy(() -> PurseCrypto.purchaseSessionKey(algorithm, wrong, new byte[4], 0, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> PurseCrypto.loadSessionKey(algorithm, wrong, new byte[4], 0));
            assertThatIllegalArgumentException().isThrownBy(() -> PurseCrypto.tacKey(algorithm, wrong));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> PurseCrypto.secureMessagingMac(wrong, new byte[4], new byte[5]));
        assertThatIllegalArgumentException().isThrownBy(() -> PurseCrypto.secureMessagingEncrypt(wrong, new byte[5]));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 9, 16})
    void diversify_factorOfAnotherLength_isRefused(int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> PurseCrypto.diversify(Algorithm.SM4, new byte[16], new byte[length]));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 5, 8})
    void sessionKey_randomOfAnotherLength_isRefused(int length) {
        assertThatIllegalArgumentException().isThrownBy(
                () -> PurseCrypto.purchaseSessionKey(Algorithm.TDES, new byte[16], new byte[length], 0, 0));
    }

    @Test
    void encryptBlock_notOneBlock_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> PurseCrypto.encryptBlock(Algorithm.TDES, new byte[8], new byte[16]));
        assertThatIllegalArgumentException().isThrownBy(() -> PurseCrypto.encryptBlock(Algorithm.SM4, new byte[16], new byte[8]));
    }

    @Test
    void encryptBlock_3DesHalvesEqual_isSingleDes() {
        byte[] block = bytes(new Random(11), 8);

        assertThat(PurseCrypto.encryptBlock(Algorithm.TDES, Vector.parse("3F013F013F013F013F013F013F013F01"), block))
                .isEqualTo(PurseCrypto.encryptBlock(Algorithm.TDES, Vector.parse("3F013F013F013F01"), block));
    }

    private static int macKeyBytes(Algorithm algorithm) {
        return algorithm == Algorithm.TDES ? 8 : 16;
    }

    private static Mac cbcMac(Algorithm algorithm) {
        BlockCipher cipher = algorithm == Algorithm.TDES ? new DESEngine() : new SM4Engine();
        return new CBCBlockCipherMac(cipher, 32, new ISO7816d4Padding());
    }

    private static String oracle(Mac mac, CipherParameters key, byte[] input) {
        mac.init(key);
        mac.update(input, 0, input.length);
        byte[] code = new byte[4];
        mac.doFinal(code, 0);
        return Vector.hex(code);
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
