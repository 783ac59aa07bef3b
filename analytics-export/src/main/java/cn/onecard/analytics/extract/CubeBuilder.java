package cn.onecard.analytics.extract;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up the cards of a day. Its memory grows with the number of cells, not of cards: which cells a joint cell counts
 *  towards is worked out once, and a card is gathered in arrays that are used again for the next. */
public final class CubeBuilder {
    private final Policy policy;
    private final ContributionBound bound;
    private final Map<Dimension, CodeList> codeLists;
    private final List<Cell> cells;
    private final Map<Cell, Integer> indexOf = new HashMap<>();
    private final Map<Cell, int[]> aboveOf = new HashMap<>();
    private final @Nullable CellFacts[] facts;
    /** What the card at hand has in each cell; all zero between two cards. */
    private final long[] cardTaps;
    private final long[] cardFen;
    /** What bounding took away so far; written by {@link #add}. */
    private long cutTaps;
    private long cutFen;

    /** A builder of cubes over these codes. */
    public CubeBuilder(Policy policy, ContributionBound bound, Map<Dimension, CodeList> codeLists) {
        this.policy = policy;
        this.bound = bound;
        this.codeLists = new EnumMap<>(codeLists);
        this.cells = policy.lattice().cells(codeLists);
        cells.forEach(cell -> indexOf.put(cell, indexOf.size()));
        this.facts = new CellFacts[cells.size()];
        this.cardTaps = new long[cells.size()];
        this.cardFen = new long[cells.size()];
    }

    /** Adds all that one card did. A card may be added once only: its cells count it as one card. */
    public void add(CardDay day) {
        List<CardDay.Part> parts = bound.bound(day).parts();
        cutTaps += day.parts().stream().mapToLong(CardDay.Part::taps).sum() - parts.stream().mapToLong(CardDay.Part::taps).sum();
        cutFen += day.parts().stream().mapToLong(CardDay.Part::amountFen).sum() - parts.stream().mapToLong(CardDay.Part::amountFen).sum();
        for (CardDay.Part part : parts) {
            for (int index : above(part.cell())) {
                cardTaps[index] = Math.addExact(cardTaps[index], part.taps());
                cardFen[index] = Math.addExact(cardFen[index], part.amountFen());
            }
        }
        for (CardDay.Part part : parts) {
            for (int index : above(part.cell())) {
                if (cardTaps[index] > 0) {
                    CellFacts before = facts[index] == null ? CellFacts.NOTHING : facts[index];
                    facts[index] = before.plusCard(cardTaps[index], cardFen[index]);
                    cardTaps[index] = 0;
                    cardFen[index] = 0;
                }
            }
        }
    }

    private int[] above(Cell joint) {
        return aboveOf.computeIfAbsent(joint, cell -> policy.lattice().above(cell, codeLists).stream()
                .mapToInt(total -> indexOf.getOrDefault(total, -1)).toArray());
    }

    /** Taps that bounding left out. For the operator, not for the public: it can point at one card. */
    public long cutTaps() {
        return cutTaps;
    }

    /** Fen that bounding left out. For the operator, not for the public. */
    public long cutFen() {
        return cutFen;
    }

    /** The cube of all cards added so far. */
    public RawCube build() {
        Map<Cell, CellFacts> known = new HashMap<>();
        for (int i = 0; i < facts.length; i++) {
            if (facts[i] != null) {
                known.put(cells.get(i), facts[i]);
            }
        }
        return new RawCube(policy.lattice(), codeLists, known);
    }
}
