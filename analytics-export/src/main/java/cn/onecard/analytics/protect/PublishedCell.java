package cn.onecard.analytics.protect;

import cn.onecard.analytics.extract.Cell;

/** A cell as the outside may see it. */
public sealed interface PublishedCell {
    /** Its coordinates. */
    Cell cell();

    /** A cell whose figures are published.
     *
     *  @param cell      coordinates
     *  @param taps      number of taps
     *  @param amountFen what they cost
     *  @param cards     number of distinct cards */
    record Free(Cell cell, long taps, long amountFen, long cards) implements PublishedCell {}

    /** A cell whose figures are withheld, all three together. Why is not said: the reason would tell an intruder where to
     *  begin.
     *
     *  @param cell coordinates */
    record Withheld(Cell cell) implements PublishedCell {}
}
