package cn.onecard.analytics.protect;

import cn.onecard.analytics.extract.Cell;
import cn.onecard.analytics.extract.CodeList;
import cn.onecard.analytics.extract.Dimension;
import cn.onecard.analytics.extract.RawCube;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The cells of a cube as vectors, such that every sum between cells holds between their vectors, and nothing else does.
 *
 *  <p>In one dimension the last child of a code is written as the code minus its other children; a cell is the product of
 *  its four codes. So the vectors of all tables share one space, and their margins coincide by construction. Coordinates
 *  are integers modulo {@link #PRIME}. */
final class CellSpace {
    /** 2^31 - 1: products of two residues fit into a long. */
    static final long PRIME = 2_147_483_647L;

    private final Map<Cell, Integer> basis = new HashMap<>();
    private final Map<Cell, Map<Integer, Long>> sparse = new HashMap<>();

    CellSpace(RawCube cube) {
        Map<Dimension, Map<String, Map<String, Long>>> codes = new EnumMap<>(Dimension.class);
        for (Dimension dimension : Dimension.values()) {
            codes.put(dimension, expand(cube.codeList(dimension)));
        }
        for (Cell cell : cube.cells()) {
            Map<Cell, Long> terms = Map.of(Cell.EVERYTHING, 1L);
            for (Dimension dimension : Dimension.values()) {
                terms = times(terms, dimension, codes.getOrDefault(dimension, Map.of()).getOrDefault(cell.code(dimension), Map.of()));
            }
            Map<Integer, Long> coordinates = new HashMap<>();
            terms.forEach((term, factor) -> coordinates.put(basis.computeIfAbsent(term, added -> basis.size()), factor));
            sparse.put(cell, coordinates);
        }
    }

    /** Each code as a sum of codes that are nobody's last child. */
    private static Map<String, Map<String, Long>> expand(CodeList list) {
        Map<String, Map<String, Long>> expanded = new HashMap<>();
        for (String code : list.codes()) {
            if (code.equals(Cell.TOTAL)) {
                expanded.put(code, Map.of(code, 1L));
                continue;
            }
            List<String> siblings = list.children(list.parent(code));
            if (!code.equals(siblings.getLast())) {
                expanded.put(code, Map.of(code, 1L));
                continue;
            }
            Map<String, Long> terms = new HashMap<>(expanded.getOrDefault(list.parent(code), Map.of()));
            siblings.subList(0, siblings.size() - 1).forEach(sibling -> terms.merge(sibling, -1L, Long::sum));
            expanded.put(code, terms);
        }
        return expanded;
    }

    private static Map<Cell, Long> times(Map<Cell, Long> terms, Dimension dimension, Map<String, Long> codes) {
        Map<Cell, Long> product = new HashMap<>();
        terms.forEach((term, factor) -> codes.forEach((code, codeFactor) ->
                product.merge(term.with(dimension, code), factor * codeFactor, Long::sum)));
        return product;
    }

    int size() {
        return basis.size();
    }

    /** The vector of a cell; the caller may change it. */
    long[] vector(Cell cell) {
        long[] vector = new long[size()];
        sparse.getOrDefault(cell, Map.of()).forEach((index, factor) -> vector[index] = Math.floorMod(factor, PRIME));
        return vector;
    }
}
