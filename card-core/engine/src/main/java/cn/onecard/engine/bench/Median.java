package cn.onecard.engine.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The middle of several rounds: one round that the machine disturbed does not move it. */
public final class Median {
    private Median() {}

    /** The middle one; of an even number the lower. */
    public static long of(List<Long> values) {
        List<Long> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) / 2);
    }
}
