package cn.onecard.analytics.extract;

/** What is true of one cell, after bounding. It is confidential: only a protected cube leaves the house.
 *
 *  @param taps        number of taps
 *  @param amountFen   what they cost together
 *  @param cards       number of distinct cards
 *  @param largestFen  contribution of the card that spent most here
 *  @param secondFen   contribution of the next one; 0 if there is none */
public record CellFacts(long taps, long amountFen, long cards, long largestFen, long secondFen) {
    /** A cell in which nothing happened. */
    public static final CellFacts NOTHING = new CellFacts(0, 0, 0, 0, 0);

    /** These facts with one more card. A card is added once, with all it did in the cell. */
    public CellFacts plusCard(long cardTaps, long cardFen) {
        if (cardTaps <= 0 || cardFen < 0) {
            throw new IllegalArgumentException("a contribution has taps and is not negative");
        }
        return new CellFacts(Math.addExact(taps, cardTaps), Math.addExact(amountFen, cardFen), cards + 1,
                Math.max(largestFen, cardFen), Math.max(secondFen, Math.min(largestFen, cardFen)));
    }

    /** Whether nothing happened here. */
    public boolean isEmpty() {
        return taps == 0;
    }
}
