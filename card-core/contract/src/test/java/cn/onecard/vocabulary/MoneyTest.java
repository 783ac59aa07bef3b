package cn.onecard.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Money is exact or it throws, and a split always adds up. */
class MoneyTest {
    private static final int SPLITS_PER_SEED = 500;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 20);
    }

    @ParameterizedTest
    @CsvSource({"200,50,250,150", "0,0,0,0", "-5,7,2,-12", "9223372036854775806,1,9223372036854775807,9223372036854775805"})
    void plusAndMinus_withinRange_areExact(long a, long b, long sum, long difference) {
        assertThat(Money.ofFen(a).plus(Money.ofFen(b))).isEqualTo(Money.ofFen(sum));
        assertThat(Money.ofFen(a).minus(Money.ofFen(b))).isEqualTo(Money.ofFen(difference));
    }

    @Test
    void arithmetic_beyondRange_throwsRatherThanOverflow() {
        Money most = Money.ofFen(Long.MAX_VALUE);
        Money least = Money.ofFen(Long.MIN_VALUE);
        Money one = Money.ofFen(1);

        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> most.plus(one));
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> least.minus(one));
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(least::negated);
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> most.percent(2));
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> most.percent(1 << 30));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # fen, percent, answer
          200,  100,    200
          200,  50,     100
          201,  50,     101
          203,  50,     102
          1,    49,     0
          1,    50,     1
          -201, 50,     -101
          -1,   49,     0
          200,  0,      0
          199,  95,     189
          0,    30,     0
        """)
    void percent_halfAFen_isRoundedAwayFromZero(long fen, int percent, long answer) {
        assertThat(Money.ofFen(fen).percent(percent)).isEqualTo(Money.ofFen(answer));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # total | weights     | shares
          350   | 200 300 250 | 93 140 117
          100   | 1 1 1       | 34 33 33
          1     | 200 300 250 | 0 1 0
          2     | 1 1 1       | 1 1 0
          5     | 1 1         | 3 2
          -5    | 1 1         | -3 -2
          -100  | 1 1 1       | -34 -33 -33
          7     | 0 1 0 1 0   | 0 4 0 3 0
          0     | 3 4         | 0 0
          10    | 5           | 10
        """)
    void split_knownCase_givesTheKnownShares(long total, String weights, String shares) {
        assertThat(Money.ofFen(total).split(longs(weights))).extracting(Money::fen).isEqualTo(longs(shares));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void split_randomCase_addsUpAndIsLessThanAFenFromExact(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < SPLITS_PER_SEED; i++) {
            Money total = Money.ofFen(randomFen(random));
            List<Long> weights = randomWeights(random);
            BigInteger weightSum = weights.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);

            List<Money> shares = total.split(weights);

            assertThat(shares).hasSameSizeAs(weights);
            assertThat(shares.stream().map(share -> BigInteger.valueOf(share.fen())).reduce(BigInteger.ZERO, BigInteger::add))
                    .as("sum of %s over %s", total, weights).isEqualTo(BigInteger.valueOf(total.fen()));
            for (int part = 0; part < shares.size(); part++) {
                BigInteger scaledError = BigInteger.valueOf(shares.get(part).fen()).multiply(weightSum)
                        .subtract(BigInteger.valueOf(total.fen()).multiply(BigInteger.valueOf(weights.get(part)))).abs();
                assertThat(scaledError).as("part %d of %s over %s", part, total, weights).isLessThan(weightSum);
                assertThat(weights.get(part) != 0 || shares.get(part).equals(Money.ZERO)).as("weight 0 gets 0").isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void split_randomCaseNegated_isTheNegatedSplit(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < SPLITS_PER_SEED; i++) {
            Money total = Money.ofFen(random.nextLong(1_000_000));
            List<Long> weights = randomWeights(random);

            assertThat(total.negated().split(weights)).isEqualTo(total.split(weights).stream().map(Money::negated).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void split_partsWithDistinctRemaindersReordered_givesEachPartTheSameShare(long seed) {
        // 1 mod 1749 as total: the remainders are the weights themselves, all distinct.
        Money total = Money.ofFen(1 + 1749 * new Random(seed).nextLong(1_000_000));
        List<Long> weights = List.of(200L, 300L, 250L, 0L, 999L);
        List<Long> reordered = new ArrayList<>(weights);
        Collections.shuffle(reordered, new Random(seed));

        List<Money> shares = total.split(weights);
        List<Money> reorderedShares = total.split(reordered);

        for (int part = 0; part < weights.size(); part++) {
            assertThat(reorderedShares.get(reordered.indexOf(weights.get(part)))).isEqualTo(shares.get(part));
        }
    }

    @Test
    void split_largestAmountAndWeights_isStillExact() {
        List<Long> weights = List.of(Long.MAX_VALUE, Long.MAX_VALUE);

        assertThat(Money.ofFen(Long.MAX_VALUE).split(weights)).containsExactly(Money.ofFen(1L << 62), Money.ofFen((1L << 62) - 1));
        assertThat(Money.ofFen(Long.MIN_VALUE).split(weights)).containsExactly(Money.ofFen(-(1L << 62)), Money.ofFen(-(1L << 62)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0 0", "-1 2", "5 -5"})
    void split_weightsThatCarryNothing_isRefused(String weights) {
        assertThatIllegalArgumentException().isThrownBy(() -> Money.ofFen(100).split(longs(weights)));
    }

    @Test
    void split_noWeights_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Money.ofFen(100).split(List.of()));
    }

    @ParameterizedTest
    @CsvSource({"0,0.00", "5,0.05", "-5,-0.05", "1205,12.05", "-1205,-12.05", "100,1.00", "-99,-0.99",
        "-9223372036854775808,-92233720368547758.08"})
    void yuan_anyAmount_hasTwoDecimals(long fen, String yuan) {
        assertThat(Money.ofFen(fen).yuan()).isEqualTo(yuan);
    }

    @Test
    void compareTo_amounts_ordersThem() {
        assertThat(List.of(Money.ofFen(3), Money.ofFen(-4), Money.ZERO).stream().sorted().toList())
                .containsExactly(Money.ofFen(-4), Money.ZERO, Money.ofFen(3));
        assertThat(Money.ofFen(-1).isNegative()).isTrue();
        assertThat(Money.ZERO.isNegative()).isFalse();
    }

    private static List<Long> longs(String text) {
        return Pattern.compile(" ").splitAsStream(text).map(Long::valueOf).toList();
    }

    private static long randomFen(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextLong(10);
            case 1 -> random.nextLong(-1_000_000, 1_000_000);
            case 2 -> random.nextLong();
            default -> random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE;
        };
    }

    private static List<Long> randomWeights(Random random) {
        int count = 1 + random.nextInt(8);
        List<Long> weights = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            weights.add(switch (random.nextInt(4)) {
                case 0 -> 0L;
                case 1 -> random.nextLong(5);
                case 2 -> random.nextLong(100_001);
                default -> random.nextLong(Long.MAX_VALUE);
            });
        }
        weights.set(random.nextInt(count), 1 + random.nextLong(100_000));
        return weights;
    }
}
