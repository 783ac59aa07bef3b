package cn.onecard.analytics.protect;

import cn.onecard.analytics.extract.CellFacts;

/** The rules that make a cell sensitive in itself. An empty cell is not sensitive: that nobody rode is said openly.
 *
 *  @param minCards  fewest distinct cards that a published cell may have
 *  @param dominance when few cards make up too much of the amount; its numbers are confidential */
public record PrimaryRules(int minCards, DominanceRule dominance) {
    public PrimaryRules {
        if (minCards < 1) {
            throw new IllegalArgumentException("a published cell has at least one card");
        }
    }

    /** Whether the cell must be withheld whatever its neighbours are. */
    public boolean isSensitive(CellFacts facts) {
        return !facts.isEmpty()
                && (facts.cards() < minCards || dominance.isUnsafe(facts.amountFen(), facts.largestFen(), facts.secondFen()));
    }

    long requiredDistanceFen(CellFacts facts) {
        return isSensitive(facts) ? dominance.requiredDistance(facts.amountFen(), facts.largestFen(), facts.secondFen()) : 0;
    }
}
