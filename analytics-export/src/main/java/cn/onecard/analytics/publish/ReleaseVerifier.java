package cn.onecard.analytics.publish;

import cn.onecard.analytics.extract.Cell;
import cn.onecard.analytics.extract.CellFacts;
import cn.onecard.analytics.extract.RawCube;
import cn.onecard.analytics.protect.PrimaryRules;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the written files back and checks them against the raw cube: the same rows in both, every cell there once with all its
 *  measures, every published figure true, no sensitive cell published, every withheld one marked, none computable. */
public final class ReleaseVerifier {
    private final RawCube cube;
    private final PrimaryRules rules;

    /** A verifier of releases of this cube under these rules. */
    public ReleaseVerifier(RawCube cube, PrimaryRules rules) {
        this.cube = cube;
        this.rules = rules;
    }

    /** The release, certified.
     *
     *  @throws ReleaseRefused at the first rule that is broken */
    public VerifiedRelease verify(StagedRelease staged) throws IOException {
        List<List<String>> rows = SdmxCsv.read(staged.csv());
        require(rows.equals(ParquetTable.read(staged.parquet())), "CSV and Parquet differ");
        require(staged.footer().equals(ParquetTable.readFooter(staged.parquet())), "the footer of the Parquet file is not the release's");
        Map<Cell, Map<String, String>> values = new HashMap<>();
        for (List<String> row : rows) {
            Cell cell = new Cell(field(row, "HOUR"), field(row, "LINE"), field(row, "REF_AREA"), field(row, "CARD_TYPE"));
            String value = field(row, Observation.VALUE);
            String before = values.computeIfAbsent(cell, none -> new HashMap<>()).put(field(row, "MEASURE"), value);
            require(before == null, "a figure of " + cell + " stands there twice");
            require(field(row, "TIME_PERIOD").equals(staged.day().toString()), "a row is of another day");
            require(field(row, "OBS_STATUS").equals(value.isEmpty() ? "Q" : "A"), "OBS_STATUS of " + cell + " is wrong");
            require(field(row, "CONF_STATUS").equals(value.isEmpty() ? "C" : "F"), "CONF_STATUS of " + cell + " is wrong");
        }
        require(values.keySet().equals(Set.copyOf(cube.cells())), "the cells are not those of the lattice");
        Set<Cell> withheld = new HashSet<>();
        values.forEach((cell, figures) -> {
            require(figures.size() == Measure.values().length, "a measure of " + cell + " is missing");
            if (figures.values().stream().allMatch(String::isEmpty)) {
                withheld.add(cell);
            } else {
                checkFree(cell, figures);
            }
        });
        require(HiddenCells.computable(cube, withheld).isEmpty(), "a withheld cell can be computed from the published ones");
        return new VerifiedRelease(staged);
    }

    private void checkFree(Cell cell, Map<String, String> figures) {
        CellFacts facts = cube.facts(cell);
        require(!rules.isSensitive(facts), "the sensitive cell " + cell + " is published");
        for (Measure measure : Measure.values()) {
            require(Long.toString(measure.of(facts)).equals(figures.get(measure.name())), measure + " of " + cell + " is not the true figure");
        }
    }

    private static String field(List<String> row, String column) {
        return row.get(Observation.COLUMNS.indexOf(column));
    }

    private static void require(boolean holds, String broken) {
        if (!holds) {
            throw new ReleaseRefused("release refused: " + broken);
        }
    }
}
