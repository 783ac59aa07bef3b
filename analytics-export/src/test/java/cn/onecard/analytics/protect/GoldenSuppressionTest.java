package cn.onecard.analytics.protect;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.analytics.extract.Cell;
import cn.onecard.analytics.extract.RawCube;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Secondary suppression and the interval audit against the golden cases of the field (family {@code suppression}). */
class GoldenSuppressionTest {
    private static final List<String> GROUPS = List.of("annet", "arbeid", "soshjelp", "trygd");

    @Test
    void interval_geurtsTable_isAsPublished() {
        JsonNode golden = Vectors.golden("suppression", "geurts-audit-all");
        RawCube cube = Tables.counts(List.of("1", "2"), List.of("1", "2"), new long[][] {{5, 2}, {1, 2}});
        assertThat(cube.facts(Tables.cell("1", Cell.TOTAL)).taps()).isEqualTo(golden.at("/in/suppressed2x2/rowTotals/0").asLong());
        assertThat(cube.facts(Tables.cell(Cell.TOTAL, "1")).taps()).isEqualTo(golden.at("/in/suppressed2x2/colTotals/0").asLong());
        Set<Cell> withheld = Set.of(Tables.cell("1", "1"), Tables.cell("1", "2"), Tables.cell("2", "1"), Tables.cell("2", "2"));
        IntervalAudit audit = new IntervalAudit(cube, withheld, cell -> cube.facts(cell).taps());
        golden.path("out").fields().forEachRemaining(expected -> {
            String[] at = expected.getKey().split(",", -1);
            assertThat(audit.interval(Tables.cell(at[0], at[1]))).as(expected.getKey())
                    .isEqualTo(new IntervalAudit.Interval(expected.getValue().get(0).asLong(), expected.getValue().get(1).asLong()));
        });
        JsonNode one = Vectors.golden("suppression", "geurts-audit").path("out");
        assertThat(audit.interval(Tables.cell("1", "1"))).isEqualTo(new IntervalAudit.Interval(one.path("min").asLong(), one.path("max").asLong()));
    }

    @Test
    void interval_onlySensitiveCellsWithheld_recoversEachOfThem() {
        JsonNode golden = Vectors.golden("suppression", "z1-primary-only");
        RawCube cube = z1(golden);
        Set<Cell> withheld = cells(golden.path("in").path("suppressed"));
        IntervalAudit audit = new IntervalAudit(cube, withheld, cell -> cube.facts(cell).taps());
        golden.path("out").fields().forEachRemaining(expected -> assertThat(audit.interval(cell(expected.getKey())))
                .isEqualTo(new IntervalAudit.Interval(expected.getValue().get(0).asLong(), expected.getValue().get(1).asLong())));
        assertThat(withheld).noneMatch(cell -> audit.reaches(cell, 1));
    }

    @Test
    void withheld_goldenTable_isThePublishedSet() {
        JsonNode golden = Vectors.golden("suppression", "z1-gauss");
        RawCube cube = z1(golden);
        int maxN = golden.at("/in/maxN").asInt();
        Set<Cell> primary = new HashSet<>(cube.cells());
        primary.removeIf(cell -> cube.facts(cell).isEmpty() || cube.facts(cell).cards() > maxN);
        assertThat(primary).isEqualTo(cells(golden.at("/out/primary")));
        Set<Cell> withheld = Suppression.withheld(cube, new CellSpace(cube), primary);
        assertThat(withheld).isEqualTo(cells(golden.at("/out/suppressed")));
        assertThat(ExactRank.computable(cube, withheld)).isEmpty();
    }

    private static RawCube z1(JsonNode golden) {
        JsonNode table = golden.at("/in/table");
        List<String> regions = new ArrayList<>();
        table.path("regions").forEach(region -> regions.add(region.asText()));
        long[][] numbers = new long[regions.size()][GROUPS.size()];
        for (int r = 0; r < regions.size(); r++) {
            for (int g = 0; g < GROUPS.size(); g++) {
                numbers[r][g] = table.path(GROUPS.get(g)).get(r).asLong();
            }
        }
        return Tables.counts(regions, GROUPS, numbers);
    }

    private static Set<Cell> cells(JsonNode names) {
        Set<Cell> cells = new HashSet<>();
        names.forEach(name -> cells.add(cell(name.asText())));
        return cells;
    }

    private static Cell cell(String name) {
        String[] at = name.split("\\.", -1);
        return Tables.cell(at[0], at[1]);
    }
}
