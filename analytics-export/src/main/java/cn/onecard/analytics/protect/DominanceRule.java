package cn.onecard.analytics.protect;

import java.math.BigInteger;

/** When one or two contributors make up so much of a cell that one of them can estimate another [1]. Contributions are
 *  x1 >= x2 >= ..., and X is their sum. All comparisons are between integers.
 *
 *  <p>[1] Handbook on Statistical Disclosure Control, chapter 4. */
public sealed interface DominanceRule {
    /** Whether the cell must be withheld.
     *
     *  @param total   X
     *  @param largest x1
     *  @param second  x2 */
    boolean isUnsafe(long total, long largest, long second);

    /** How far above the true value the estimate of an outsider must be able to reach; 0 for a safe cell. */
    long requiredDistance(long total, long largest, long second);

    /** The p% rule: the second largest contributor must not be able to estimate the largest within p percent.
     *
     *  @param percent p, 1 to 100 */
    record Percent(int percent) implements DominanceRule {
        public Percent {
            if (percent < 1 || percent > 100) {
                throw new IllegalArgumentException("p is between 1 and 100 percent");
            }
        }

        @Override
        public boolean isUnsafe(long total, long largest, long second) {
            return hundredfoldDistance(total, largest, second).signum() > 0;
        }

        @Override
        public long requiredDistance(long total, long largest, long second) {
            return roundUp(hundredfoldDistance(total, largest, second), BigInteger.valueOf(100));
        }

        private BigInteger hundredfoldDistance(long total, long largest, long second) {
            BigInteger rest = BigInteger.valueOf(total).subtract(BigInteger.valueOf(largest)).subtract(BigInteger.valueOf(second));
            return BigInteger.valueOf(percent).multiply(BigInteger.valueOf(largest)).subtract(rest.multiply(BigInteger.valueOf(100)));
        }
    }

    /** The (n,k) rule: the n largest must not make up k percent or more. Equality is unsafe as well.
     *
     *  @param contributors   n, 1 or 2
     *  @param shareNumerator k as a fraction of percent: numerator
     *  @param shareDenominator denominator, positive */
    record Share(int contributors, long shareNumerator, long shareDenominator) implements DominanceRule {
        public Share {
            if (contributors < 1 || contributors > 2 || shareNumerator < 1 || shareDenominator < 1) {
                throw new IllegalArgumentException("an (n,k) rule has n of 1 or 2 and a positive k");
            }
        }

        @Override
        public boolean isUnsafe(long total, long largest, long second) {
            return total > 0 && excess(total, largest, second).signum() >= 0;
        }

        @Override
        public long requiredDistance(long total, long largest, long second) {
            return roundUp(excess(total, largest, second), BigInteger.valueOf(shareNumerator));
        }

        private BigInteger excess(long total, long largest, long second) {
            BigInteger top = BigInteger.valueOf(contributors == 1 ? largest : Math.addExact(largest, second));
            return top.multiply(BigInteger.valueOf(100)).multiply(BigInteger.valueOf(shareDenominator))
                    .subtract(BigInteger.valueOf(total).multiply(BigInteger.valueOf(shareNumerator)));
        }
    }

    private static long roundUp(BigInteger numerator, BigInteger denominator) {
        if (numerator.signum() <= 0) {
            return 0;
        }
        return numerator.add(denominator).subtract(BigInteger.ONE).divide(denominator).longValueExact();
    }
}
