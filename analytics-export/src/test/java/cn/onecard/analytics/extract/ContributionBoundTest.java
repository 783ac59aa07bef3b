package cn.onecard.analytics.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one card can do to the cube: never more than the policy says, whoever it is. */
class ContributionBoundTest {
    private final SampleCity city = new SampleCity(6, 4);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void build_withoutOneCard_differsWithinTheBounds(long seed) {
        List<CardDay> cards = city.cards(150, seed);
        int heaviest = 49;
        int any = new Random(seed).nextInt(cards.size());
        RawCube with = city.cube(cards);
        for (int removed : List.of(heaviest, any)) {
            List<CardDay> fewer = new ArrayList<>(cards);
            fewer.remove(removed);
            RawCube without = city.cube(fewer);
            Policy policy = city.policy();
            for (Cell cell : with.cells()) {
                CellFacts a = with.facts(cell);
                CellFacts b = without.facts(cell);
                assertThat(a.cards() - b.cards()).isBetween(0L, 1L);
                assertThat(a.taps() - b.taps()).isBetween(0L, policy.maxCellsPerCardDay() * policy.maxTapsPerCell());
                assertThat(a.amountFen() - b.amountFen()).isBetween(0L, policy.maxCellsPerCardDay() * policy.maxFenPerCell());
            }
            for (Dimension dimension : Dimension.values()) {
                List<Cell> leaves = with.codeList(dimension).codes().stream()
                        .filter(code -> with.codeList(dimension).children(code).isEmpty()).map(code -> Cell.EVERYTHING.with(dimension, code)).toList();
                assertThat(leaves.stream().mapToLong(cell -> with.facts(cell).cards() - without.facts(cell).cards()).sum())
                        .as("cells of %s that the card counts in", dimension).isLessThanOrEqualTo(policy.maxCellsPerCardDay());
                assertThat(leaves.stream().mapToLong(cell -> with.facts(cell).amountFen() - without.facts(cell).amountFen()).sum())
                        .as("fen in %s", dimension).isLessThanOrEqualTo(policy.maxCellsPerCardDay() * policy.maxFenPerCell());
            }
        }
    }

    @Test
    void bound_moreCellsThanAllowed_keepsTheSameOnesInAnyOrder() {
        CardDay heavy = city.cards(50, 9).getLast();
        List<CardDay.Part> shuffled = new ArrayList<>(heavy.parts());
        Collections.shuffle(shuffled, new Random(3));
        CardDay first = city.bound().bound(heavy);
        CardDay second = city.bound().bound(new CardDay(heavy.businessDate(), heavy.dayCardNo(), shuffled));
        assertThat(heavy.parts()).hasSizeGreaterThan(city.policy().maxCellsPerCardDay());
        assertThat(first.parts()).hasSize(city.policy().maxCellsPerCardDay());
        assertThat(second.parts()).containsExactlyInAnyOrderElementsOf(first.parts());
    }

    @Test
    void bound_netRefund_countsAsNothingPaid() {
        Cell cell = new Cell("08", "BUS-1", "330101", "ORDINARY");
        CardDay refunded = new CardDay(SampleCity.DAY, 1, List.of(new CardDay.Part(cell, 99, -500)));
        assertThat(city.bound().bound(refunded).parts()).containsExactly(new CardDay.Part(cell, city.policy().maxTapsPerCell(), 0));
    }

    @Test
    void build_anyDay_everySumHolds() {
        RawCube cube = city.cube(city.cards(400, 11));
        for (RawCube.Sum sum : cube.listSums()) {
            assertThat(sum.parts().stream().mapToLong(part -> cube.facts(part).taps()).sum()).isEqualTo(cube.facts(sum.total()).taps());
            assertThat(sum.parts().stream().mapToLong(part -> cube.facts(part).amountFen()).sum()).isEqualTo(cube.facts(sum.total()).amountFen());
        }
    }
}
