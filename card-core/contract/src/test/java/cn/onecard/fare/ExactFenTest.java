package cn.onecard.fare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Exact fractions of fen, against {@link BigDecimal}. */
class ExactFenTest {
    @ParameterizedTest
    @EnumSource(value = RoundingMode.class, mode = EnumSource.Mode.EXCLUDE, names = "UNNECESSARY")
    void rounded_anyAmount_isAsBigDecimalRounds(RoundingMode mode) {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 5_000; i++) {
            long fen = random.nextLong(-2_000, 2_000);
            int first = random.nextInt(101);
            int second = random.nextInt(101);
            long unit = random.nextLong(1, 21);
            BigDecimal exact = BigDecimal.valueOf(fen).multiply(BigDecimal.valueOf(first)).multiply(BigDecimal.valueOf(second)).movePointLeft(4);
            BigDecimal expected = exact.setScale(4, RoundingMode.UNNECESSARY).divide(BigDecimal.valueOf(unit), 0, mode).multiply(BigDecimal.valueOf(unit));
            assertThat(new ExactFen(fen, 1).percent(first).percent(second).rounded(mode, unit)).as("%d %d %d %d", fen, first, second, unit)
                    .isEqualTo(new ExactFen(expected.longValueExact(), 1));
        }
    }

    @Test
    void toString_fraction_isWholeAndRest() {
        assertThat(new ExactFen(285, 2)).hasToString("142 1/2");
        assertThat(new ExactFen(-285, 2)).hasToString("-142 1/2");
        assertThat(new ExactFen(-1, 2)).hasToString("-1/2");
        assertThat(new ExactFen(-4, 1)).hasToString("-4");
    }

    @Test
    void construct_notReduced_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ExactFen(2, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> new ExactFen(1, 0));
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> new ExactFen(1, 2).money());
        assertThat(new ExactFen(1, 3).plus(new ExactFen(1, 6))).isEqualTo(new ExactFen(1, 2));
        assertThat(new ExactFen(1, 3).minus(new ExactFen(1, 3))).isEqualTo(ExactFen.ZERO);
    }
}
