package cn.onecard.analytics.protect;

import cn.onecard.analytics.extract.Cell;
import cn.onecard.analytics.extract.RawCube;
import java.nio.LongBuffer;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Secondary suppression: which further cells are withheld so that no sensitive cell can be computed from what is published.
 *
 *  <p><b>Method.</b> Gaussian elimination after Langsrud [1], over all tables at once. Cells are offered for publication, the
 *  most useful first: empty cells, then by falling number of taps. The span of the published cells grows with each; every
 *  sensitive cell is kept reduced by that span. A cell that would bring a sensitive one into the span is withheld.
 *  A withheld cell cannot enter the span later either, since the sensitive cell would come with it. Among equals the
 *  later cell goes first, so that the withheld ones line up and fewer are needed.
 *
 *  <p><b>Single contributors.</b> Who is alone in a cell knows it. So no sensitive cell may become a multiple of such a
 *  cell: in a row with two withheld cells of one card each, either card could work out the other. A cell that has been
 *  the same as the lonely one from the start (its total over a dimension with nothing else in it) belongs to the same card.
 *
 *  <p>[1] Ø. Langsrud, Secondary Cell Suppression by Gaussian Elimination, PSD 2024. */
final class Suppression {
    private final RawCube cube;
    private final CellSpace space;
    private final Span published = new Span();
    private final Map<Cell, long[]> sensitive = new HashMap<>();
    private final Map<Cell, LongBuffer> ownDirection = new HashMap<>();
    private boolean anyAlone;

    private Suppression(RawCube cube, CellSpace space) {
        this.cube = cube;
        this.space = space;
    }

    /** The cells to withhold: the sensitive ones and those that protect them, in the order of the cube. */
    static Set<Cell> withheld(RawCube cube, CellSpace space, Collection<Cell> sensitive) {
        return new Suppression(cube, space).run(Set.copyOf(sensitive));
    }

    private Set<Cell> run(Set<Cell> sensitiveCells) {
        List<Cell> order = cube.cells();
        Map<Cell, Integer> position = new HashMap<>();
        order.forEach(cell -> position.put(cell, position.size()));
        for (Cell cell : order) {
            if (cube.facts(cell).isEmpty()) {
                learn(space.vector(cell));
            }
        }
        for (Cell cell : sensitiveCells) {
            long[] vector = space.vector(cell);
            published.reduce(vector);
            sensitive.put(cell, vector);
            ownDirection.put(cell, direction(vector));
            anyAlone |= cube.facts(cell).cards() == 1;
        }
        List<Cell> offered = order.stream()
                .filter(cell -> !cube.facts(cell).isEmpty() && !sensitiveCells.contains(cell))
                .sorted(Comparator.comparingLong((Cell cell) -> cube.facts(cell).taps()).reversed()
                        .thenComparing(Comparator.comparing((Cell cell) -> position.getOrDefault(cell, -1)).reversed()))
                .toList();
        Set<Cell> refused = new HashSet<>();
        for (Cell cell : offered) {
            if (!offer(cell)) {
                refused.add(cell);
            }
        }
        Set<Cell> withheld = new LinkedHashSet<>(order);
        withheld.removeIf(cell -> !sensitiveCells.contains(cell) && !refused.contains(cell));
        return withheld;
    }

    private boolean learn(long[] vector) {
        published.reduce(vector);
        boolean isNew = Span.pivot(vector) >= 0;
        if (isNew) {
            published.add(vector);
        }
        return isNew;
    }

    /** Publishes the cell unless that would reveal a sensitive one. */
    private boolean offer(Cell cell) {
        long[] vector = space.vector(cell);
        published.reduce(vector);
        int pivot = Span.pivot(vector);
        if (pivot < 0) {
            return true;
        }
        Span.normalise(vector);
        Map<Cell, long[]> touched = new HashMap<>();
        for (Map.Entry<Cell, long[]> entry : sensitive.entrySet()) {
            if (entry.getValue()[pivot] != 0) {
                long[] left = entry.getValue().clone();
                Span.eliminate(left, vector, pivot);
                if (Span.pivot(left) < 0) {
                    return false;
                }
                touched.put(entry.getKey(), left);
            }
        }
        if (anyAlone && !touched.isEmpty() && revealsToTheLonely(touched)) {
            return false;
        }
        sensitive.putAll(touched);
        published.add(vector);
        return true;
    }

    private boolean revealsToTheLonely(Map<Cell, long[]> touched) {
        Map<LongBuffer, Cell> firstOf = new HashMap<>();
        Set<LongBuffer> mixed = new HashSet<>();
        Set<LongBuffer> lonely = new HashSet<>();
        for (Map.Entry<Cell, long[]> entry : sensitive.entrySet()) {
            Cell cell = entry.getKey();
            LongBuffer now = direction(touched.getOrDefault(cell, entry.getValue()));
            Cell first = firstOf.putIfAbsent(now, cell);
            if (first != null && !own(first).equals(own(cell))) {
                mixed.add(now);
            }
            if (cube.facts(cell).cards() == 1) {
                lonely.add(now);
            }
        }
        return lonely.stream().anyMatch(mixed::contains);
    }

    private LongBuffer own(Cell cell) {
        return ownDirection.getOrDefault(cell, LongBuffer.allocate(0));
    }

    private static LongBuffer direction(long[] vector) {
        long[] copy = vector.clone();
        Span.normalise(copy);
        return LongBuffer.wrap(copy);
    }
}
