package cn.onecard.analytics.protect;

import cn.onecard.analytics.extract.Cell;
import cn.onecard.analytics.extract.RawCube;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/** How closely an outsider can bound the withheld cells: the least and the greatest value of a cell under everything
 *  published and nothing being negative, by linear programming.
 *
 *  <p>The variables are the distances from the true values, so that the right-hand sides are zero and the numbers stay well
 *  scaled; the intervals are the same. Only cells that hang together with the one in question are taken into the model. A
 *  distance is capped at a bound far above every value, so that a cell that nothing limits has an answer too. */
final class IntervalAudit {
    private final Set<Cell> withheld;
    private final ToLongFunction<Cell> value;
    private final Map<Cell, List<RawCube.Sum>> sumsOf = new HashMap<>();
    private final long cap;

    /** An audit of one measure.
     *
     *  @param value the true value of a cell */
    IntervalAudit(RawCube cube, Set<Cell> withheld, ToLongFunction<Cell> value) {
        this.withheld = withheld;
        this.value = value;
        this.cap = Math.addExact(1000, Math.multiplyExact(4, value.applyAsLong(Cell.EVERYTHING)));
        for (RawCube.Sum sum : cube.listSums()) {
            cellsOf(sum).filter(withheld::contains)
                    .forEach(cell -> sumsOf.computeIfAbsent(cell, none -> new ArrayList<>()).add(sum));
        }
    }

    private static Stream<Cell> cellsOf(RawCube.Sum sum) {
        return Stream.concat(Stream.of(sum.total()), sum.parts().stream());
    }

    /** The narrowest interval that an outsider can be sure of, both ends inclusive.
     *
     *  @param min least possible value
     *  @param max greatest possible value */
    record Interval(long min, long max) {}

    Interval interval(Cell cell) {
        long truth = value.applyAsLong(cell);
        return new Interval(truth + extreme(cell, false), truth + extreme(cell, true));
    }

    private long extreme(Cell target, boolean upward) {
        ExpressionsBasedModel model = new ExpressionsBasedModel();
        Set<RawCube.Sum> sums = new LinkedHashSet<>();
        Map<Cell, Variable> variables = new HashMap<>();
        for (Cell cell : connected(target, sums)) {
            Variable distance = model.newVariable("d" + variables.size()).lower(-value.applyAsLong(cell)).upper(cap);
            variables.put(cell, cell.equals(target) ? distance.weight(1) : distance);
        }
        for (RawCube.Sum sum : sums) {
            Expression expression = model.newExpression("s" + model.countExpressions()).level(0);
            Variable total = variables.get(sum.total());
            if (total != null) {
                expression.set(total, -1);
            }
            for (Cell part : sum.parts()) {
                Variable variable = variables.get(part);
                if (variable != null) {
                    expression.set(variable, 1);
                }
            }
        }
        Optimisation.Result result = upward ? model.maximise() : model.minimise();
        if (!result.getState().isFeasible()) {
            throw new IllegalStateException("the audit of " + target + " ended as " + result.getState());
        }
        return Math.round(result.getValue());
    }

    private Set<Cell> connected(Cell start, Set<RawCube.Sum> sums) {
        Set<Cell> seen = new LinkedHashSet<>(Set.of(start));
        Deque<Cell> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            for (RawCube.Sum sum : sumsOf.getOrDefault(open.removeFirst(), List.of())) {
                if (sums.add(sum)) {
                    cellsOf(sum).filter(withheld::contains).filter(seen::add).forEach(open::addLast);
                }
            }
        }
        return seen;
    }

    /** Whether the interval reaches {@code distance} above the true value, and as far below unless zero stands in the way. */
    boolean reaches(Cell cell, long distance) {
        Interval interval = interval(cell);
        long truth = value.applyAsLong(cell);
        return interval.max() - truth >= distance && truth - interval.min() >= Math.min(distance, truth);
    }

    /** The published cells that stand in one sum with the cell and are not empty: withholding one widens its interval. */
    Set<Cell> neighbours(Cell cell) {
        Set<Cell> neighbours = new HashSet<>();
        sumsOf.getOrDefault(cell, List.of()).forEach(sum -> cellsOf(sum)
                .filter(other -> !withheld.contains(other)).forEach(neighbours::add));
        return neighbours;
    }
}
