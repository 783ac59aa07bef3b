package cn.onecard.purse;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.vocabulary.Algorithm;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A key that was set up once makes the TACs that a fresh one makes, on any number of threads. */
class TacKeyTest {
    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void tac_randomKeysAndInputs_equalsMacUnderTacKey(Algorithm algorithm) {
        Random random = new Random(5);
        for (int i = 0; i < 1_000; i++) {
            byte[] dtk = bytes(random, 16);
            byte[] input = bytes(random, 1 + random.nextInt(40));
            assertThat(TacKey.of(algorithm, dtk).tac(input)).isEqualTo(PurseCrypto.mac(algorithm, PurseCrypto.tacKey(algorithm, dtk), input));
        }
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void tac_manyThreadsShareAKey_allAgree(Algorithm algorithm) {
        byte[] dtk = bytes(new Random(6), 16);
        byte[] input = bytes(new Random(7), 22);
        TacKey key = TacKey.of(algorithm, dtk);
        int expected = PurseCrypto.mac(algorithm, PurseCrypto.tacKey(algorithm, dtk), input);
        assertThat(IntStream.range(0, 100_000).parallel().map(i -> key.tac(input)).distinct().toArray()).containsExactly(expected);
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
