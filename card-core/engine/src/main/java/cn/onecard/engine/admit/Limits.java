package cn.onecard.engine.admit;

import cn.onecard.vocabulary.Money;

/** The bounds of an ordinary tap.
 *
 *  @param maxAmount the most that one tap may take
 *  @param maxAgeDays how many days before the open business date an event may lie, inclusive
 *  @param maxAheadDays how many days after it, inclusive: the terminals' day turns before the books' day does */
public record Limits(Money maxAmount, int maxAgeDays, int maxAheadDays) {
    /** 99 yuan, 90 days, one day. */
    public static final Limits STANDARD = new Limits(Money.ofFen(9_900), 90, 1);
}
