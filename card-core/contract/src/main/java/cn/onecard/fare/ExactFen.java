package cn.onecard.fare;

import cn.onecard.vocabulary.Money;
import java.math.RoundingMode;

/** An amount in fen that need not be whole, as a reduced fraction: what a price is between two steps, before it is rounded. All
 *  arithmetic is exact and throws {@link ArithmeticException} rather than overflow.
 *
 *  @param numerator of either sign
 *  @param denominator at least 1, without a common factor with the numerator */
public record ExactFen(long numerator, long denominator) implements Comparable<ExactFen> {
    /** Nothing. */
    static final ExactFen ZERO = new ExactFen(0, 1);

    public ExactFen {
        if (denominator < 1 || divisor(numerator, denominator) != 1) {
            throw new IllegalArgumentException("not a reduced fraction: " + numerator + "/" + denominator);
        }
    }

    static ExactFen of(Money money) {
        return new ExactFen(money.fen(), 1);
    }

    private static ExactFen reduced(long numerator, long denominator) {
        long common = divisor(numerator, denominator);
        return new ExactFen(numerator / common, denominator / common);
    }

    /** The greatest common divisor (Euclid).
     *
     *  @param denominator at least 1 */
    private static long divisor(long numerator, long denominator) {
        long a = Math.absExact(numerator);
        long b = denominator;
        while (a != 0) {
            long rest = b % a;
            b = a;
            a = rest;
        }
        return b;
    }

    ExactFen plus(ExactFen other) {
        return reduced(Math.addExact(Math.multiplyExact(numerator, other.denominator), Math.multiplyExact(other.numerator, denominator)),
                Math.multiplyExact(denominator, other.denominator));
    }

    ExactFen minus(ExactFen other) {
        return plus(new ExactFen(Math.negateExact(other.numerator), other.denominator));
    }

    ExactFen percent(int percent) {
        return reduced(Math.multiplyExact(numerator, (long) percent), Math.multiplyExact(denominator, 100L));
    }

    ExactFen min(ExactFen other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /** This amount, or nothing if it is negative. */
    ExactFen notNegative() {
        return numerator < 0 ? ZERO : this;
    }

    /** The nearest multiple of a unit.
     *
     *  @param mode which of the two neighbours; not {@link RoundingMode#UNNECESSARY}
     *  @param unitFen at least 1 */
    ExactFen rounded(RoundingMode mode, long unitFen) {
        long step = Math.multiplyExact(denominator, unitFen);
        long below = Math.floorDiv(numerator, step);
        long rest = Math.floorMod(numerator, step);
        int half = Long.compare(rest, step - rest);
        boolean negative = numerator < 0;
        boolean up = rest != 0 && switch (mode) {
            case CEILING -> true;
            case FLOOR -> false;
            case UP -> !negative;
            case DOWN -> negative;
            case HALF_UP -> half > 0 || (half == 0 && !negative);
            case HALF_DOWN -> half > 0 || (half == 0 && negative);
            case HALF_EVEN -> half > 0 || (half == 0 && below % 2 != 0);
            case UNNECESSARY -> throw new IllegalArgumentException("no rounding");
        };
        return new ExactFen(Math.multiplyExact(up ? below + 1 : below, unitFen), 1);
    }

    boolean isWhole() {
        return denominator == 1;
    }

    /** The amount as money.
     *
     *  @throws ArithmeticException if it is not whole */
    Money money() {
        if (!isWhole()) {
            throw new ArithmeticException("not whole: " + this);
        }
        return Money.ofFen(numerator);
    }

    @Override
    public int compareTo(ExactFen other) {
        return Long.compare(Math.multiplyExact(numerator, other.denominator), Math.multiplyExact(other.numerator, denominator));
    }

    /** For example {@code 142} or {@code 142 1/2}. */
    @Override
    public String toString() {
        long whole = numerator / denominator;
        long rest = Math.absExact(numerator % denominator);
        if (rest == 0) {
            return Long.toString(whole);
        }
        String fraction = rest + "/" + denominator;
        return (numerator < 0 ? "-" : "") + (whole == 0 ? fraction : Math.absExact(whole) + " " + fraction);
    }
}
