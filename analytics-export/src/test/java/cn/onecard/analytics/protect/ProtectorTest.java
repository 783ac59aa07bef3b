package cn.onecard.analytics.protect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.analytics.extract.Cell;
import cn.onecard.analytics.extract.CellFacts;
import cn.onecard.analytics.extract.RawCube;
import cn.onecard.analytics.extract.SampleCity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a protected cube promises, on the shapes where protection is known to go wrong and on days of a made-up city. */
class ProtectorTest {
    private static final PrimaryRules RULES = new PrimaryRules(10, new DominanceRule.Percent(10));

    @Test
    void protect_emptyTable_publishesEveryZero() {
        RawCube cube = Tables.counts(List.of("A", "B"), List.of("x", "y"), new long[2][2]);
        ProtectedCube protectedCube = protect(cube);
        assertThat(protectedCube.withheld()).isZero();
        assertThat(protectedCube.cells()).hasSize(9).allSatisfy(cell ->
                assertThat(cell).isEqualTo(new PublishedCell.Free(cell.cell(), 0, 0, 0)));
    }

    @Test
    void protect_tableWithNoCodes_publishesTheTotalAlone() {
        Map<Cell, CellFacts> facts = Map.of(Cell.EVERYTHING, crowd(20));
        assertThat(protect(Tables.cube(List.of(), List.of(), facts)).cells()).containsExactly(
                new PublishedCell.Free(Cell.EVERYTHING, 20, 20, 20));
    }

    @Test
    void protect_oneDimensionWithOneSmallCell_withholdsASecond() {
        Map<Cell, CellFacts> facts = new HashMap<>();
        facts.put(Tables.cell("A", Cell.TOTAL), crowd(3));
        facts.put(Tables.cell("B", Cell.TOTAL), crowd(40));
        facts.put(Tables.cell("C", Cell.TOTAL), crowd(30));
        facts.put(Cell.EVERYTHING, crowd(73));
        RawCube cube = Tables.cube(List.of("A", "B", "C"), List.of(), facts);
        assertThat(withheld(protect(cube))).containsExactlyInAnyOrder(Tables.cell("A", Cell.TOTAL), Tables.cell("C", Cell.TOTAL));
    }

    @Test
    void protect_allCellsSafe_withholdsNothing() {
        RawCube cube = Tables.counts(List.of("A", "B"), List.of("x", "y"), new long[][] {{30, 40}, {50, 60}});
        assertThat(protect(cube).withheld()).isZero();
    }

    @Test
    void protect_allCellsUnsafe_withholdsEveryCellThatIsNotEmpty() {
        RawCube cube = Tables.counts(List.of("A", "B"), List.of("x", "y"), new long[][] {{1, 2}, {0, 3}});
        assertThat(withheld(protect(cube))).isEqualTo(new HashSet<>(
                cube.cells().stream().filter(cell -> !cube.facts(cell).isEmpty()).toList()));
    }

    @Test
    void protect_oneContributorDominates_withholdsItsCellAndKeepsItsAmountWide() {
        Map<Cell, CellFacts> facts = new HashMap<>();
        CellFacts dominated = crowd(20).plusCard(1, 5_000);
        facts.put(Tables.cell("A", Cell.TOTAL), dominated);
        facts.put(Tables.cell("B", Cell.TOTAL), crowd(30));
        facts.put(Tables.cell("C", Cell.TOTAL), crowd(900));
        facts.put(Cell.EVERYTHING, crowd(950).plusCard(1, 5_000));
        RawCube cube = Tables.cube(List.of("A", "B", "C"), List.of(), facts);
        Set<Cell> withheld = withheld(protect(cube));
        assertThat(withheld).contains(Tables.cell("A", Cell.TOTAL), Tables.cell("C", Cell.TOTAL));
        long asked = RULES.requiredDistanceFen(dominated);
        assertThat(asked).isEqualTo(500 - 19);
        assertThat(new IntervalAudit(cube, withheld, cell -> cube.facts(cell).amountFen()).reaches(Tables.cell("A", Cell.TOTAL), asked)).isTrue();
    }

    @Test
    void protect_twoLonelyCellsInARow_withholdsAThirdSoThatNeitherRevealsTheOther() {
        RawCube cube = Tables.counts(List.of("A", "B"), List.of("x", "y", "z"), new long[][] {{1, 1, 40}, {50, 60, 70}});
        Set<Cell> withheld = withheld(new Protector(new PrimaryRules(2, new DominanceRule.Percent(1))).protect(cube));
        Set<Cell> known = new HashSet<>(withheld);
        known.remove(Tables.cell("A", "x"));
        assertThat(withheld).contains(Tables.cell("A", "x"), Tables.cell("A", "y"));
        assertThat(ExactRank.computable(cube, known)).doesNotContain(Tables.cell("A", "y"));
    }

    @Test
    void protect_latticeTooLarge_saysSo() {
        List<String> many = IntStream.range(0, 3_000).mapToObj(Integer::toString).toList();
        RawCube cube = Tables.cube(many, List.of("x", "y"), Map.of());
        assertThatThrownBy(() -> protect(cube)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("9003 cells");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # cards, seed
          0,     1
          1,     2
          12,    3
          60,    4
          200,   5
          400,   6
          400,   7
          1500,  8
        """)
    void protect_dayOfACity_keepsEveryPromise(int cards, long seed) {
        SampleCity city = new SampleCity(3, 3);
        RawCube cube = city.cube(city.cards(cards, seed));
        ProtectedCube protectedCube = protect(cube);
        Set<Cell> withheld = withheld(protectedCube);
        assertThat(protectedCube.cells()).hasSameSizeAs(cube.cells());
        assertThat(protectedCube.withheld()).isEqualTo(withheld.size());
        for (PublishedCell cell : protectedCube.cells()) {
            CellFacts facts = cube.facts(cell.cell());
            if (cell instanceof PublishedCell.Free free) {
                assertThat(RULES.isSensitive(facts)).isFalse();
                assertThat(free).isEqualTo(new PublishedCell.Free(cell.cell(), facts.taps(), facts.amountFen(), facts.cards()));
            } else {
                assertThat(facts.isEmpty()).isFalse();
            }
        }
        assertThat(ExactRank.computable(cube, withheld)).isEmpty();
        IntervalAudit audit = new IntervalAudit(cube, withheld, cell -> cube.facts(cell).amountFen());
        assertThat(withheld).allMatch(cell -> RULES.requiredDistanceFen(cube.facts(cell)) == 0
                || audit.reaches(cell, RULES.requiredDistanceFen(cube.facts(cell))));
    }

    private static ProtectedCube protect(RawCube cube) {
        return new Protector(RULES).protect(cube);
    }

    private static CellFacts crowd(int cards) {
        CellFacts facts = CellFacts.NOTHING;
        for (int card = 0; card < cards; card++) {
            facts = facts.plusCard(1, 1);
        }
        return facts;
    }

    private static Set<Cell> withheld(ProtectedCube cube) {
        Set<Cell> withheld = new HashSet<>();
        cube.cells().forEach(cell -> {
            if (cell instanceof PublishedCell.Withheld) {
                withheld.add(cell.cell());
            }
        });
        return withheld;
    }
}
