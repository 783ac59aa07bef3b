package cn.onecard.engine.bench.crash;

import java.util.ArrayList;
import java.util.List;

/** What the core promised and did not keep. Thread-safe. */
final class BrokenPromises {
    /** Texts that are kept; all are counted. */
    private static final int KEPT = 20;

    private final List<String> first = new ArrayList<>();      // guarded by this
    private long count;                                        // guarded by this

    synchronized void add(String text) {
        count++;
        if (first.size() < KEPT) {
            first.add(text);
        }
    }

    synchronized long count() {
        return count;
    }

    /** The first of them. */
    synchronized List<String> first() {
        return List.copyOf(first);
    }
}
