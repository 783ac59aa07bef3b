package cn.onecard.fare;

import java.util.Locale;

/** What may change a price on its way from the fare to the charge. In which order it does is part of a fare table. */
enum StepKind {
    /** What a card pays of each slice of a fare (分段折扣). */
    DISCOUNT,
    /** What a kind of card pays (优惠). */
    CONCESSION,
    /** Less at quiet times (低峰优惠). */
    OFFPEAK,
    /** Less after much was paid in the month (累计优惠). */
    REBATE,
    /** Less after another ride (换乘优惠). */
    TRANSFER,
    /** To whole fen or larger units (取整). */
    ROUND,
    /** No more than so much in a day or month (封顶). */
    CAP;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static StepKind of(String text) {
        for (StepKind kind : values()) {
            if (kind.text().equals(text)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no such step: " + text);
    }
}
