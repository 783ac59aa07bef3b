package cn.onecard.analytics.protect;

import cn.onecard.analytics.extract.Cell;
import cn.onecard.analytics.extract.CodeList;
import cn.onecard.analytics.extract.Dimension;
import cn.onecard.analytics.extract.RawCube;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An oracle that shares no idea with the code it judges: it works over joint cells instead of published ones, with exact
 *  fractions instead of residues, and removes the joint cells that a published zero shows to be empty. */
final class ExactRank {
    private ExactRank() {}

    /** The withheld cells that the published ones determine. */
    static Set<Cell> computable(RawCube cube, Set<Cell> withheld) {
        List<Cell> joint = List.of(Cell.EVERYTHING);
        for (Dimension dimension : Dimension.values()) {
            CodeList list = cube.codeList(dimension);
            List<String> leaves = list.codes().stream().filter(code -> list.children(code).isEmpty()).toList();
            joint = joint.stream().flatMap(cell -> leaves.stream().map(code -> cell.with(dimension, code))).toList();
        }
        List<Cell> zeros = cube.cells().stream().filter(cell -> cube.facts(cell).isEmpty()).toList();
        List<Cell> possible = joint.stream().filter(cell -> zeros.stream().noneMatch(zero -> isBelow(cube, cell, zero))).toList();
        List<Map<Integer, BigInteger>> rows = new ArrayList<>();
        for (Cell cell : cube.cells()) {
            if (!withheld.contains(cell)) {
                Map<Integer, BigInteger> row = reduce(row(cube, cell, possible), rows);
                if (!row.isEmpty()) {
                    rows.add(row);
                }
            }
        }
        Set<Cell> computable = new HashSet<>(withheld);
        computable.removeIf(cell -> !reduce(row(cube, cell, possible), rows).isEmpty());
        return computable;
    }

    private static Map<Integer, BigInteger> row(RawCube cube, Cell cell, List<Cell> joint) {
        Map<Integer, BigInteger> row = new HashMap<>();
        for (int i = 0; i < joint.size(); i++) {
            if (isBelow(cube, joint.get(i), cell)) {
                row.put(i, BigInteger.ONE);
            }
        }
        return row;
    }

    private static boolean isBelow(RawCube cube, Cell joint, Cell cell) {
        for (Dimension dimension : Dimension.values()) {
            if (!cube.codeList(dimension).lineage(joint.code(dimension)).contains(cell.code(dimension))) {
                return false;
            }
        }
        return true;
    }

    /** Fraction-free elimination: the row is scaled so that every factor stays an integer, then made primitive. */
    private static Map<Integer, BigInteger> reduce(Map<Integer, BigInteger> row, List<Map<Integer, BigInteger>> rows) {
        Map<Integer, BigInteger> left = row;
        for (Map<Integer, BigInteger> known : rows) {
            int pivot = known.keySet().stream().min(Integer::compare).orElseThrow();
            BigInteger factor = left.get(pivot);
            if (factor != null) {
                Map<Integer, BigInteger> next = new HashMap<>();
                BigInteger scale = known.get(pivot);
                left.forEach((i, value) -> next.put(i, value.multiply(scale)));
                known.forEach((i, value) -> next.merge(i, value.multiply(factor).negate(), BigInteger::add));
                next.values().removeIf(value -> value.signum() == 0);
                BigInteger divisor = next.values().stream().reduce(BigInteger.ZERO, BigInteger::gcd);
                next.replaceAll((i, value) -> value.divide(divisor));
                left = next;
            }
        }
        return left;
    }
}
