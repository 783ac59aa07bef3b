package cn.onecard.engine.rail.register;

/** Why a basket is not taken. The order of the constants is the precedence: where several apply, the first one is the answer. */
public enum BasketFault {
    /** No line, or more than 500. */
    LINE_COUNT,
    /** A line number is negative or stands twice. */
    LINE_NUMBER,
    /** A name, code or unit is empty, too long, or has control characters. */
    TEXT,
    /** A name has what looks like somebody's telephone, identity or card number. */
    PERSONAL,
    /** A quantity, price or amount is negative or beyond all measure. */
    RANGE,
    /** The gross amount of a line is not quantity times unit price. */
    GROSS,
    /** The net amount of a line is not gross less discount. */
    NET,
    /** A total is not the sum of the lines. */
    TOTALS,
    /** Tax stands on some lines and not in the total, or the other way round, or is not their sum. */
    TAX,
    /** More than nine fen were rounded. */
    ROUNDING,
    /** What was paid is not the net total and the rounding. */
    AMOUNT
}
