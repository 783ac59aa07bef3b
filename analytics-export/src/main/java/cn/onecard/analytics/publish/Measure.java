package cn.onecard.analytics.publish;

import cn.onecard.analytics.extract.CellFacts;
import cn.onecard.analytics.protect.PublishedCell;

/** What is counted in a cell, with its unit. */
enum Measure {
    /** Number of taps. */
    TAPS("TP", "0"),
    /** What they cost, in fen: the unit is the yuan, times ten to the power of -2. */
    AMOUNT_FEN("CNY", "-2"),
    /** Number of distinct cards. It adds up over card classes only: the same card rides at many hours. */
    CARDS("CD", "0");

    private final String unit;
    private final String unitMultiplier;

    Measure(String unit, String unitMultiplier) {
        this.unit = unit;
        this.unitMultiplier = unitMultiplier;
    }

    String unit() {
        return unit;
    }

    String unitMultiplier() {
        return unitMultiplier;
    }

    long of(PublishedCell.Free cell) {
        return switch (this) {
            case TAPS -> cell.taps();
            case AMOUNT_FEN -> cell.amountFen();
            case CARDS -> cell.cards();
        };
    }

    long of(CellFacts facts) {
        return switch (this) {
            case TAPS -> facts.taps();
            case AMOUNT_FEN -> facts.amountFen();
            case CARDS -> facts.cards();
        };
    }
}
