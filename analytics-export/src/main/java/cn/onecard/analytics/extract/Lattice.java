package cn.onecard.analytics.extract;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** The tables that are published, each with all its margins; together they are one data set.
 *
 *  <p><b>Why the tables must form a tree.</b> An intruder who wants to bound a hidden cell looks for joint tables, over all
 *  dimensions at once, that agree with everything published. There are far too many joint cells for that. If the sets
 *  of dimensions are acyclic, any non-negative tables that agree on the margins they share extend to a non-negative
 *  joint table [1], so it is exact to look at the published cells alone. A cyclic set (AB, BC, CA) is refused: on it the
 *  audit would think hidden cells safer than they are.
 *
 *  <p>[1] N. N. Vorob'ev, Consistent families of measures and their extensions, Theory Probab. Appl. 7 (1962).
 *
 *  @param tables the dimensions of each table */
public record Lattice(List<Set<Dimension>> tables) {
    public Lattice {
        tables = tables.stream().map(Set::copyOf).toList();
        if (tables.isEmpty() || !isAcyclic(tables)) {
            throw new IllegalArgumentException("the published tables must form an acyclic set: " + tables);
        }
    }

    /** Graham's reduction: drop what only one table has, then tables inside others; acyclic if nothing is left. */
    private static boolean isAcyclic(List<Set<Dimension>> tables) {
        List<Set<Dimension>> left = new ArrayList<>();
        tables.forEach(table -> left.add(table.isEmpty() ? EnumSet.noneOf(Dimension.class) : EnumSet.copyOf(table)));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Dimension dimension : Dimension.values()) {
                List<Set<Dimension>> having = left.stream().filter(table -> table.contains(dimension)).toList();
                if (having.size() == 1) {
                    having.getFirst().remove(dimension);
                    changed = true;
                }
            }
            for (int i = 0; i < left.size(); i++) {
                Set<Dimension> table = left.get(i);
                int self = i;
                boolean inside = left.size() > 1 && IntStream.range(0, left.size())
                        .anyMatch(j -> j != self && left.get(j).containsAll(table));
                if (inside) {
                    left.remove(i);
                    changed = true;
                    break;
                }
            }
        }
        return left.size() == 1 && left.getFirst().isEmpty();
    }

    /** Whether a breakdown by these dimensions is published. */
    public boolean publishes(Set<Dimension> dimensions) {
        return tables.stream().anyMatch(table -> table.containsAll(dimensions));
    }

    /** Every cell of every table and margin, once each, in a fixed order. */
    public List<Cell> cells(Map<Dimension, CodeList> codeLists) {
        Set<Cell> cells = new LinkedHashSet<>();
        for (Set<Dimension> table : tables) {
            List<Cell> grown = List.of(Cell.EVERYTHING);
            for (Dimension dimension : Dimension.values()) {
                if (table.contains(dimension)) {
                    List<String> codes = list(codeLists, dimension).codes();
                    grown = grown.stream().flatMap(cell -> codes.stream().map(code -> cell.with(dimension, code))).toList();
                }
            }
            cells.addAll(grown);
        }
        return List.copyOf(cells);
    }

    /** The published cells that a joint cell counts towards, itself excluded unless it is one. */
    public Set<Cell> above(Cell joint, Map<Dimension, CodeList> codeLists) {
        Set<Cell> cells = new LinkedHashSet<>();
        for (Set<Dimension> table : tables) {
            List<Cell> grown = List.of(Cell.EVERYTHING);
            for (Dimension dimension : table) {
                List<String> lineage = list(codeLists, dimension).lineage(joint.code(dimension));
                grown = grown.stream().flatMap(cell -> lineage.stream().map(code -> cell.with(dimension, code))).toList();
            }
            cells.addAll(grown);
        }
        return cells;
    }

    private static CodeList list(Map<Dimension, CodeList> codeLists, Dimension dimension) {
        CodeList list = codeLists.get(dimension);
        if (list == null) {
            throw new IllegalArgumentException("no code list for " + dimension);
        }
        return list;
    }
}
