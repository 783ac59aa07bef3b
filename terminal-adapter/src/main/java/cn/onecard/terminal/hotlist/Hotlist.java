package cn.onecard.terminal.hotlist;

import cn.onecard.vocabulary.CardNo;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** Cards that must not be used, and why. Immutable; a card is on it or not, there is no "probably".
 *
 *  <p>Cards are grouped by their first four digits; of each group a sorted array holds the other sixteen digits as a number, and below it the
 *  reason in eight bits: eight bytes a card. */
public final class Hotlist {
    /** Nothing is listed, and nothing was ever fetched. */
    public static final Hotlist EMPTY = new Hotlist(0, new TreeMap<>());

    private static final int REASON_BITS = 8;
    private static final int DIGITS = 16;

    private final long version;
    private final SortedMap<Integer, long[]> byHead;

    private Hotlist(long version, SortedMap<Integer, long[]> byHead) {
        this.version = version;
        this.byHead = byHead;
    }

    /** A list as it was saved.
     *
     *  @param byHead sorted arrays by the first four digits, as {@link #groups} gave them */
    static Hotlist of(long version, SortedMap<Integer, long[]> byHead) {
        return new Hotlist(version, byHead);
    }

    /** How far it reaches; the core numbers its changes. */
    public long version() {
        return version;
    }

    /** How many cards are listed. */
    public int size() {
        return byHead.values().stream().mapToInt(group -> group.length).sum();
    }

    /** What it takes in memory, its arrays alone. */
    public long bytes() {
        return byHead.values().stream().mapToLong(group -> 16L + Long.BYTES * (long) group.length).sum();
    }

    /** Why a card must not be used, as the core's code of a card state; empty if it is not listed. */
    public OptionalInt find(CardNo card) {
        long[] group = byHead.get(card.head());
        if (group == null) {
            return OptionalInt.empty();
        }
        long key = number(card);
        int at = Arrays.binarySearch(group, key << REASON_BITS);
        int place = at >= 0 ? at : -at - 1;
        return place < group.length && group[place] >>> REASON_BITS == key ? OptionalInt.of((int) group[place] & 0xFF) : OptionalInt.empty();
    }

    /** The groups, for whoever saves them. */
    SortedMap<Integer, long[]> groups() {
        return byHead;
    }

    /** The last sixteen digits as a number below 10^16. */
    private static long number(CardNo card) {
        long number = 0;
        for (int digit = DIGITS - 1; digit >= 0; digit--) {
            number = number * 10 + (card.asn8() >>> (4 * digit) & 0xF);
        }
        return number;
    }

    /** Begins the list that follows on this one, if the whole is fetched anew on an empty one. */
    public Next next() {
        return new Next(this);
    }

    /** A list in the making: what comes onto it and what leaves it, until all has come. One thread. */
    public static final class Next {
        private final Hotlist from;
        private final Map<Integer, Changes> byHead = new HashMap<>();

        private Next(Hotlist from) {
            this.from = from;
        }

        /** What changes in a group: each number with the reason below it, 0 for a card that leaves the list. */
        private static final class Changes {
            private long[] entries = new long[16];
            private int count;

            void add(long entry) {
                if (count == entries.length) {
                    entries = Arrays.copyOf(entries, 2 * count);
                }
                entries[count++] = entry;
            }
        }

        /** A card comes onto the list, or is on it for another reason.
         *
         *  @param reason 1 to 255 */
        public void list(CardNo card, int reason) {
            if (reason < 1 || reason > 0xFF) {
                throw new IllegalArgumentException("a reason is 1 to 255, not " + reason);
            }
            add(card, reason);
        }

        /** A card leaves the list. */
        public void unlist(CardNo card) {
            add(card, 0);
        }

        private void add(CardNo card, int reason) {
            byHead.computeIfAbsent(card.head(), head -> new Changes()).add(number(card) << REASON_BITS | reason);
        }

        /** The list with all that was said.
         *
         *  @param version how far it reaches
         *  @throws IllegalArgumentException if a card came twice: then what was said is not what the core has */
        public Hotlist build(long version) {
            SortedMap<Integer, long[]> groups = new TreeMap<>(from.byHead);
            byHead.forEach((head, changes) -> {
                long[] merged = merge(groups.getOrDefault(head, new long[0]), Arrays.copyOf(changes.entries, changes.count));
                if (merged.length == 0) {
                    groups.remove(head);
                } else {
                    groups.put(head, merged);
                }
            });
            return new Hotlist(version, groups);
        }

        private static long[] merge(long[] old, long[] changes) {
            Arrays.sort(changes);
            long[] merged = new long[old.length + changes.length];
            int count = 0;
            int at = 0;
            for (int i = 0; i < changes.length; i++) {
                long key = changes[i] >>> REASON_BITS;
                if (i > 0 && changes[i - 1] >>> REASON_BITS == key) {
                    throw new IllegalArgumentException("a card came twice");
                }
                while (at < old.length && old[at] >>> REASON_BITS < key) {
                    merged[count++] = old[at++];
                }
                if (at < old.length && old[at] >>> REASON_BITS == key) {
                    at++;
                }
                if ((changes[i] & 0xFF) != 0) {
                    merged[count++] = changes[i];
                }
            }
            System.arraycopy(old, at, merged, count, old.length - at);
            return Arrays.copyOf(merged, count + old.length - at);
        }
    }
}
