package cn.onecard.analytics.protect;

import cn.onecard.analytics.extract.Cell;
import cn.onecard.analytics.extract.CellFacts;
import cn.onecard.analytics.extract.CodeList;
import cn.onecard.analytics.extract.Dimension;
import cn.onecard.analytics.extract.Lattice;
import cn.onecard.analytics.extract.RawCube;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Small cubes for the tests of protection. */
final class Tables {
    private Tables() {}

    /** A table of regions (as districts) by groups (as card classes); the number in a cell is its taps, its cards and its fen,
     *  each card one fen. */
    static RawCube counts(List<String> regions, List<String> groups, long[][] numbers) {
        Map<Cell, CellFacts> facts = new HashMap<>();
        for (int r = 0; r < regions.size(); r++) {
            for (int g = 0; g < groups.size(); g++) {
                for (String district : List.of(regions.get(r), Cell.TOTAL)) {
                    for (String cardClass : List.of(groups.get(g), Cell.TOTAL)) {
                        Cell cell = cell(district, cardClass);
                        CellFacts before = facts.getOrDefault(cell, CellFacts.NOTHING);
                        for (long card = 0; card < numbers[r][g]; card++) {
                            before = before.plusCard(1, 1);
                        }
                        facts.put(cell, before);
                    }
                }
            }
        }
        return cube(regions, groups, facts);
    }

    static RawCube cube(List<String> regions, List<String> groups, Map<Cell, CellFacts> facts) {
        Map<Dimension, CodeList> codeLists = new EnumMap<>(Dimension.class);
        codeLists.put(Dimension.HOUR, CodeList.flat(List.of()));
        codeLists.put(Dimension.LINE, CodeList.flat(List.of()));
        codeLists.put(Dimension.DISTRICT, CodeList.flat(regions));
        codeLists.put(Dimension.CARD_CLASS, CodeList.flat(groups));
        Set<Dimension> table = groups.isEmpty() ? Set.of(Dimension.DISTRICT) : Set.of(Dimension.DISTRICT, Dimension.CARD_CLASS);
        return new RawCube(new Lattice(List.of(table)), codeLists, facts);
    }

    static Cell cell(String district, String cardClass) {
        return new Cell(Cell.TOTAL, Cell.TOTAL, district, cardClass);
    }
}
