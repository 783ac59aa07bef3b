package cn.onecard.analytics.protect;

import cn.onecard.analytics.extract.Cell;
import cn.onecard.analytics.extract.CellFacts;
import cn.onecard.analytics.extract.RawCube;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Protects a cube by suppression.
 *
 *  <p><b>Three steps.</b> The primary rules name the sensitive cells. {@link Suppression} withholds others until none can be
 *  computed. {@link IntervalAudit} then asks how closely the amount of each sensitive cell can be estimated; where the
 *  interval is narrower than its rule asks, the least busy published neighbour is withheld as well and the second step is
 *  done again. This ends, because each round withholds a cell more and a cube with nothing published bounds nothing.
 *
 *  <p><b>What needs no audit.</b> A withheld cell has taps. So the true table lies inside the region of possible tables, and a
 *  number of taps that cannot be computed can always be both greater and less. Numbers of cards add up over card classes
 *  only, where they follow the same pattern of withheld cells. */
public final class Protector {
    /** Above this many cells elimination takes minutes: a policy for so large a lattice should choose another protection. */
    static final int MAX_CELLS = 6_000;

    private final PrimaryRules rules;

    /** A protector by these rules. */
    public Protector(PrimaryRules rules) {
        this.rules = rules;
    }

    /** The cube as it may be published.
     *
     *  @throws IllegalArgumentException if the lattice is too large for this protection */
    public ProtectedCube protect(RawCube cube) {
        if (cube.cells().size() > MAX_CELLS) {
            throw new IllegalArgumentException("the lattice has " + cube.cells().size() + " cells; suppression is made for up to "
                    + MAX_CELLS + ": publish fewer tables, or choose another protection");
        }
        CellSpace space = new CellSpace(cube);
        Set<Cell> primary = new LinkedHashSet<>(cube.cells());
        primary.removeIf(cell -> !rules.isSensitive(cube.facts(cell)));
        Set<Cell> kept = new LinkedHashSet<>(primary);
        Set<Cell> withheld = Suppression.withheld(cube, space, kept);
        Optional<Cell> more = findNext(cube, primary, withheld);
        while (more.isPresent()) {
            kept.add(more.get());
            withheld = Suppression.withheld(cube, space, kept);
            more = findNext(cube, primary, withheld);
        }
        return new ProtectedCube(publish(cube, withheld), primary.size(), withheld.size() - primary.size());
    }

    /** The cell to withhold next because the interval of some sensitive cell is too narrow, if there is one. */
    private Optional<Cell> findNext(RawCube cube, Set<Cell> primary, Set<Cell> withheld) {
        IntervalAudit audit = new IntervalAudit(cube, withheld, cell -> cube.facts(cell).amountFen());
        for (Cell cell : primary) {
            long distance = rules.requiredDistanceFen(cube.facts(cell));
            if (distance > 0 && !audit.reaches(cell, distance)) {
                Optional<Cell> neighbour = leastBusy(cube, audit.neighbours(cell));
                return neighbour.isPresent() ? neighbour
                        : leastBusy(cube, cube.cells().stream().filter(other -> !withheld.contains(other)).toList());
            }
        }
        return Optional.empty();
    }

    private static Optional<Cell> leastBusy(RawCube cube, Iterable<Cell> cells) {
        Cell least = null;
        Comparator<Cell> busy = Comparator.comparingLong((Cell cell) -> cube.facts(cell).taps()).thenComparing(Cell::toString);
        for (Cell cell : cells) {
            if (!cube.facts(cell).isEmpty() && (least == null || busy.compare(cell, least) < 0)) {
                least = cell;
            }
        }
        return Optional.ofNullable(least);
    }

    private static List<PublishedCell> publish(RawCube cube, Set<Cell> withheld) {
        return cube.cells().stream().<PublishedCell>map(cell -> {
            CellFacts facts = cube.facts(cell);
            return withheld.contains(cell) ? new PublishedCell.Withheld(cell)
                    : new PublishedCell.Free(cell, facts.taps(), facts.amountFen(), facts.cards());
        }).toList();
    }
}
