package cn.onecard.vocabulary;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** An amount of renminbi in fen (分, 0.01 yuan), positive or negative. All arithmetic is exact and throws
 *  {@link ArithmeticException} rather than overflow.
 *
 *  @param fen the amount in fen */
public record Money(long fen) implements Comparable<Money> {
    /** No money. */
    public static final Money ZERO = new Money(0);

    /** The amount of so many fen. */
    public static Money ofFen(long fen) {
        return fen == 0 ? ZERO : new Money(fen);
    }

    public Money plus(Money other) {
        return ofFen(Math.addExact(fen, other.fen));
    }

    public Money minus(Money other) {
        return ofFen(Math.subtractExact(fen, other.fen));
    }

    public Money negated() {
        return ofFen(Math.negateExact(fen));
    }

    public boolean isNegative() {
        return fen < 0;
    }

    /** This amount times {@code percent}/100, half a fen rounded up (away from zero). */
    public Money percent(int percent) {
        long scaled = Math.multiplyExact(fen, (long) percent);
        long magnitude = Math.addExact(Math.absExact(scaled), 50) / 100;
        return ofFen(scaled < 0 ? -magnitude : magnitude);
    }

    /** Splits this amount in proportion to {@code weights} by the largest remainder: the shares always add up to the
     *  whole, each is less than one fen from the exact share, and among equal remainders the lower index is served
     *  first. A negative amount is split by its magnitude and negated.
     *
     *  @param weights none negative, at least one positive
     *  @throws IllegalArgumentException if the weights cannot carry a split */
    public List<Money> split(List<Long> weights) {
        BigInteger total = BigInteger.ZERO;
        for (long weight : weights) {
            if (weight < 0) {
                throw new IllegalArgumentException("negative weight: " + weight);
            }
            total = total.add(BigInteger.valueOf(weight));
        }
        if (total.signum() == 0) {
            throw new IllegalArgumentException("the weights add up to zero");
        }
        BigInteger magnitude = BigInteger.valueOf(fen).abs();
        List<BigInteger> quotients = new ArrayList<>();
        List<BigInteger> remainders = new ArrayList<>();
        BigInteger left = magnitude;
        for (long weight : weights) {
            BigInteger[] share = magnitude.multiply(BigInteger.valueOf(weight)).divideAndRemainder(total);
            quotients.add(share[0]);
            remainders.add(share[1]);
            left = left.subtract(share[0]);
        }
        List<Integer> served = IntStream.range(0, weights.size()).boxed()
                .sorted(Comparator.<Integer, BigInteger>comparing(remainders::get).reversed())
                .limit(left.longValueExact()).toList();
        for (int index : served) {
            quotients.set(index, quotients.get(index).add(BigInteger.ONE));
        }
        return quotients.stream().map(q -> ofFen((fen < 0 ? q.negate() : q).longValueExact())).toList();
    }

    /** In yuan with two decimals, for example {@code -12.05}; made from the integer, never from a floating type. */
    public String yuan() {
        BigInteger magnitude = BigInteger.valueOf(fen).abs();
        BigInteger[] parts = magnitude.divideAndRemainder(BigInteger.valueOf(100));
        return (fen < 0 ? "-" : "") + parts[0] + "." + (parts[1].intValue() < 10 ? "0" : "") + parts[1];
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(fen, other.fen);
    }

    @Override
    public String toString() {
        return fen + " fen";
    }
}
