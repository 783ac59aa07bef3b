package cn.onecard.settlement.book;

import java.util.ArrayList;
import java.util.List;

/** What a verification found: the first so many places in words, and how many there are. */
public final class Discrepancies {
    private static final int IN_WORDS = 100;

    private final List<String> lines = new ArrayList<>();

    /** All of them; written by {@link #add} alone. */
    private long count;

    void add(String line) {
        count++;
        if (lines.size() < IN_WORDS) {
            lines.add(line);
        }
    }

    /** Whether the books are equal. */
    public boolean isEmpty() {
        return count == 0;
    }

    public long count() {
        return count;
    }

    /** The first hundred, one line each. */
    public List<String> lines() {
        return List.copyOf(lines);
    }
}
