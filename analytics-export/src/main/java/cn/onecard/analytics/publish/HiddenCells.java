package cn.onecard.analytics.publish;

import cn.onecard.analytics.extract.Cell;
import cn.onecard.analytics.extract.RawCube;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which withheld cells can be computed after all. Another way than the protection took: the sums between cells are equations
 *  with the withheld cells as unknowns, brought to reduced row echelon form modulo another prime. An equation left with one
 *  unknown determines it. */
final class HiddenCells {
    private static final long PRIME = 2_147_483_629L;

    private HiddenCells() {}

    static Set<Cell> computable(RawCube cube, Set<Cell> withheld) {
        Map<Cell, Map<Cell, Long>> rowOfPivot = new HashMap<>();
        for (RawCube.Sum sum : cube.listSums()) {
            Map<Cell, Long> row = new HashMap<>();
            if (withheld.contains(sum.total())) {
                row.put(sum.total(), PRIME - 1);
            }
            sum.parts().stream().filter(withheld::contains).forEach(part -> row.put(part, 1L));
            for (Cell known : List.copyOf(row.keySet())) {
                Map<Cell, Long> pivotRow = rowOfPivot.get(known);
                if (pivotRow != null) {
                    subtract(row, pivotRow, row.getOrDefault(known, 0L));
                }
            }
            if (!row.isEmpty()) {
                Cell pivot = row.keySet().iterator().next();
                scale(row, inverse(row.getOrDefault(pivot, 0L)));
                for (Map<Cell, Long> other : new ArrayList<>(rowOfPivot.values())) {
                    subtract(other, row, other.getOrDefault(pivot, 0L));
                }
                rowOfPivot.put(pivot, row);
            }
        }
        Set<Cell> computable = new HashSet<>();
        rowOfPivot.forEach((pivot, row) -> {
            if (row.size() == 1) {
                computable.add(pivot);
            }
        });
        return computable;
    }

    private static void subtract(Map<Cell, Long> row, Map<Cell, Long> other, long factor) {
        if (factor != 0) {
            other.forEach((cell, value) -> {
                long left = Math.floorMod(row.getOrDefault(cell, 0L) - factor * value, PRIME);
                if (left == 0) {
                    row.remove(cell);
                } else {
                    row.put(cell, left);
                }
            });
        }
    }

    private static void scale(Map<Cell, Long> row, long factor) {
        row.replaceAll((cell, value) -> value * factor % PRIME);
    }

    private static long inverse(long value) {
        return BigInteger.valueOf(value).modInverse(BigInteger.valueOf(PRIME)).longValueExact();
    }
}
