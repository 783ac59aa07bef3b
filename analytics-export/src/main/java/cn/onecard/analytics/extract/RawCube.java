package cn.onecard.analytics.extract;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One day added up, before protection: the facts of every cell of the published lattice. Never leaves the house. */
public final class RawCube {
    private final Lattice lattice;
    private final Map<Dimension, CodeList> codeLists;
    private final List<Cell> cells;
    private final Map<Cell, CellFacts> facts;

    /** A cube of these facts; a cell of the lattice that has none is empty. */
    public RawCube(Lattice lattice, Map<Dimension, CodeList> codeLists, Map<Cell, CellFacts> facts) {
        this.lattice = lattice;
        this.codeLists = new EnumMap<>(codeLists);
        this.cells = lattice.cells(codeLists);
        this.facts = new HashMap<>(facts);
        if (!Set.copyOf(cells).containsAll(facts.keySet())) {
            throw new IllegalArgumentException("facts for a cell outside the lattice");
        }
    }

    /** Every cell of the lattice, in a fixed order. */
    public List<Cell> cells() {
        return cells;
    }

    /** The facts of a cell. */
    public CellFacts facts(Cell cell) {
        return facts.getOrDefault(cell, CellFacts.NOTHING);
    }

    /** The codes of a dimension. */
    public CodeList codeList(Dimension dimension) {
        CodeList list = codeLists.get(dimension);
        if (list == null) {
            throw new IllegalArgumentException("no code list for " + dimension);
        }
        return list;
    }

    /** All sums that hold between cells of the lattice: every total with the cells that add up to it. */
    public List<Sum> listSums() {
        List<Sum> sums = new ArrayList<>();
        for (Cell cell : cells) {
            for (Dimension dimension : Dimension.values()) {
                Set<Dimension> opened = EnumSet.of(dimension);
                for (Dimension other : Dimension.values()) {
                    if (!cell.code(other).equals(Cell.TOTAL)) {
                        opened.add(other);
                    }
                }
                List<String> children = lattice.publishes(opened) ? codeList(dimension).children(cell.code(dimension)) : List.of();
                if (!children.isEmpty()) {
                    sums.add(new Sum(cell, children.stream().map(code -> cell.with(dimension, code)).toList()));
                }
            }
        }
        return sums;
    }

    /** A total and the cells that add up to it.
     *
     *  @param total the total
     *  @param parts the parts */
    public record Sum(Cell total, List<Cell> parts) {
        public Sum {
            parts = List.copyOf(parts);
        }
    }
}
