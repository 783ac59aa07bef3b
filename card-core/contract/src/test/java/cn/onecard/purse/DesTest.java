package cn.onecard.purse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.engines.DESEngine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our DES against the JDK's and Bouncy Castle's, and against published values. */
class DesTest {
    /** One bit set in turn in key and block: every entry of every permutation shows in one of them. */
    static Stream<long[]> singleBits() {
        return LongStream.range(0, 64).boxed().flatMap(bit -> Stream.of(new long[] {1L << bit, 0}, new long[] {0, 1L << bit},
                new long[] {~(1L << bit), -1}, new long[] {-1, ~(1L << bit)}));
    }

    @ParameterizedTest
    @MethodSource("singleBits")
    void encrypt_oneBitOfKeyOrBlockDiffers_equalsTheJdk(long[] keyAndBlock) throws GeneralSecurityException {
        assertAgrees(keyAndBlock[0], keyAndBlock[1]);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void encrypt_randomKeysAndBlocks_equalsTheJdk(long seed) throws GeneralSecurityException {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            assertAgrees(random.nextLong(), random.nextLong());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "133457799BBCDFF1, 0123456789ABCDEF, 85E813540F0AB405",
        "0E329232EA6D0D73, 8787878787878787, 0000000000000000",
        "0123456789ABCDEF, 4E6F772069732074, 3FA40E8A984D4815"})
    void encrypt_publishedValue_comesOut(String key, String clear, String cipher) {
        assertThat(new Des(number(key)).encrypt(number(clear))).isEqualTo(number(cipher));
        assertThat(new Des(number(key)).decrypt(number(cipher))).isEqualTo(number(clear));
    }

    /** The test of Rivest (1985): every entry of every S-box is used on the way. */
    @Test
    void encrypt_rivestsChain_endsWhereItMust() {
        long x = number("9474B8E8C73BCA7D");
        for (int i = 0; i < 16; i++) {
            x = i % 2 == 0 ? new Des(x).encrypt(x) : new Des(x).decrypt(x);
        }
        assertThat(x).isEqualTo(number("1B1A2DDB4C642438"));
    }

    private static void assertAgrees(long key, long block) throws GeneralSecurityException {
        byte[] keyBytes = bytes(key);
        Cipher jdk = Cipher.getInstance("DES/ECB/NoPadding");
        jdk.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(keyBytes, "DES"));
        DESEngine bouncyCastle = new DESEngine();
        bouncyCastle.init(true, new KeyParameter(keyBytes));
        byte[] other = new byte[8];
        bouncyCastle.processBlock(bytes(block), 0, other, 0);

        Des ours = new Des(key);
        long encrypted = ours.encrypt(block);

        assertThat(bytes(encrypted)).as("key %016X, block %016X", key, block).isEqualTo(jdk.doFinal(bytes(block))).isEqualTo(other);
        assertThat(ours.decrypt(encrypted)).isEqualTo(block);
    }

    private static long number(String hex) {
        return ByteBuffer.wrap(Vector.parse(hex)).getLong();
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(8).putLong(number).array();
    }
}
