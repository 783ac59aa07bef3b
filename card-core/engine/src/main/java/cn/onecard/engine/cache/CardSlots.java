package cn.onecard.engine.cache;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** A bounded table from card to a number, and to some more numbers beside it. It lies outside the heap, where the garbage collector neither
 *  follows nor moves it: a slot takes 12 bytes, and 8 for each number beside it. It grows with what it holds. When it is full, a new
 *  card takes the place of another, or one in four is not kept. Thread-safe.
 *
 *  <p>A card is known by the last sixteen digits of its number alone; who keeps cards that differ in the first four only has to
 *  tell them apart by what is kept. */
public final class CardSlots {
    private static final int SEGMENTS = 1 << 10;
    private static final int FIRST_SLOTS = 16;

    private final int beside;
    private final int mostSlots;
    private final Segment[] segments = new Segment[SEGMENTS];

    /** @param beside how many numbers lie beside the first
     *  @param mostSlots slots in all, a power of two, at least 16384; three quarters of them are used at most */
    public CardSlots(int beside, int mostSlots) {
        if (Integer.bitCount(mostSlots) != 1 || mostSlots < SEGMENTS * FIRST_SLOTS) {
            throw new IllegalArgumentException(mostSlots + " slots are not a power of two, or too few");
        }
        this.beside = beside;
        this.mostSlots = mostSlots / SEGMENTS;
        Arrays.setAll(segments, none -> new Segment());
    }

    /** The number of a card.
     *
     *  @param more receives what lies beside it
     *  @return 0 if there is none */
    public int find(long asn8, long[] more) {
        long hash = hash(asn8);
        return segment(hash).find(asn8, (int) hash, more);
    }

    /** Keeps a number for a card, in place of what was kept for it.
     *
     *  @param number not 0
     *  @param more what lies beside it */
    public void put(long asn8, int number, long... more) {
        if (number == 0 || more.length != beside) {
            throw new IllegalArgumentException("a slot has a number and " + beside + " beside it");
        }
        long hash = hash(asn8);
        segment(hash).put(asn8, (int) hash, number, more);
    }

    /** How many cards are kept. */
    public long count() {
        return Arrays.stream(segments).mapToLong(Segment::used).sum();
    }

    /** Whether a new card is likely to take the place of another. */
    public boolean isFull() {
        return count() >= (long) SEGMENTS * mostSlots / 10 * 7;
    }

    private Segment segment(long hash) {
        return segments[(int) (hash >>> (Long.SIZE - Integer.numberOfTrailingZeros(SEGMENTS)))];
    }

    /** Spreads what are decimal digits in rising order. The finaliser of MurmurHash3. */
    private static long hash(long asn8) {
        long mixed = (asn8 ^ (asn8 >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ (mixed >>> 33);
    }

    /** A part of the table, with a lock of its own: open addressing, the next slot follows a taken one.
     *
     *  <pre>
     *  0   8  card
     *  8   4  number; 0: the slot is free
     *  12  8  each number beside it
     *  </pre> */
    private final class Segment {
        private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
        private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
        private static final int NUMBER = Long.BYTES;
        private static final int BESIDE = Long.BYTES + Integer.BYTES;

        private final int stride = BESIDE + beside * Long.BYTES;
        private MemorySegment slots = allocate(FIRST_SLOTS);
        private int length = FIRST_SLOTS;
        private int used;

        /** All free. The memory goes when nobody holds it any more. */
        private MemorySegment allocate(int count) {
            return Arena.ofAuto().allocate((long) count * stride, Long.BYTES);
        }

        synchronized int used() {
            return used;
        }

        synchronized int find(long card, int hash, long[] into) {
            int slot = slot(card, hash);
            int number = number(slot);
            if (number != 0) {
                MemorySegment.copy(slots, LONG, at(slot) + BESIDE, into, 0, beside);
            }
            return number;
        }

        synchronized void put(long card, int hash, int number, long[] values) {
            int slot = slot(card, hash);
            if (number(slot) == 0) {
                if (used < length / 4 * 3) {
                    used++;
                } else if (length < mostSlots) {
                    grow();
                    put(card, hash, number, values);
                    return;
                } else {
                    slot = hash & (length - 1);
                    if (number(slot) == 0) {
                        return;     // nobody to give way here, and the free slots end the searches
                    }
                }
            }
            slots.set(LONG, at(slot), card);
            slots.set(INT, at(slot) + NUMBER, number);
            MemorySegment.copy(values, 0, slots, LONG, at(slot) + BESIDE, beside);
        }

        /** The slot of a card, or the free one where it would be. A quarter of the slots is free. */
        private int slot(long card, int hash) {
            int slot = hash & (length - 1);
            while (number(slot) != 0 && slots.get(LONG, at(slot)) != card) {
                slot = slot + 1 & (length - 1);
            }
            return slot;
        }

        private long at(int slot) {
            return (long) slot * stride;
        }

        private int number(int slot) {
            return slots.get(INT, at(slot) + NUMBER);
        }

        private void grow() {
            MemorySegment old = slots;
            int before = length;
            length = 2 * before;
            slots = allocate(length);
            for (int from = 0; from < before; from++) {
                if (old.get(INT, at(from) + NUMBER) != 0) {
                    long card = old.get(LONG, at(from));
                    MemorySegment.copy(old, at(from), slots, at(slot(card, (int) hash(card))), stride);
                }
            }
        }
    }
}
