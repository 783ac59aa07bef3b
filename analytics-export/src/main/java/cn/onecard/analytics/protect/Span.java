package cn.onecard.analytics.protect;

import java.util.ArrayList;
import java.util.List;

/** What can be computed from a set of vectors: all their linear combinations, modulo {@link CellSpace#PRIME}. A combination
 *  over the rationals is one modulo the prime too, unless the prime divides its denominator; so the verifier looks again
 *  by another method and another prime. */
final class Span {
    private final List<long[]> rows = new ArrayList<>();
    private final List<Integer> pivots = new ArrayList<>();

    /** Takes from {@code vector}, in place, everything that the span explains; what is left is zero if it explains all. */
    void reduce(long[] vector) {
        for (int i = 0; i < rows.size(); i++) {
            eliminate(vector, rows.get(i), pivots.get(i));
        }
    }

    /** Adds a reduced vector that is not zero; the span keeps it and makes its pivot one. */
    void add(long[] reduced) {
        normalise(reduced);
        rows.add(reduced);
        pivots.add(pivot(reduced));
    }

    /** The first place where the vector is not zero, or -1. */
    static int pivot(long[] vector) {
        for (int i = 0; i < vector.length; i++) {
            if (vector[i] != 0) {
                return i;
            }
        }
        return -1;
    }

    /** Scales the vector, in place, so that its first coordinate that is not zero becomes one. */
    static void normalise(long[] vector) {
        int pivot = pivot(vector);
        if (pivot >= 0) {
            long inverse = power(vector[pivot], CellSpace.PRIME - 2);
            for (int i = pivot; i < vector.length; i++) {
                vector[i] = vector[i] * inverse % CellSpace.PRIME;
            }
        }
    }

    /** Takes from {@code vector}, in place, the multiple of {@code row} that makes it zero at {@code pivot}. */
    static void eliminate(long[] vector, long[] row, int pivot) {
        long factor = vector[pivot];
        if (factor != 0) {
            for (int i = pivot; i < vector.length; i++) {
                if (row[i] != 0) {
                    vector[i] = Math.floorMod(vector[i] - factor * row[i], CellSpace.PRIME);
                }
            }
        }
    }

    private static long power(long base, long exponent) {
        long result = 1;
        long square = base;
        for (long left = exponent; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                result = result * square % CellSpace.PRIME;
            }
            square = square * square % CellSpace.PRIME;
        }
        return result;
    }
}
