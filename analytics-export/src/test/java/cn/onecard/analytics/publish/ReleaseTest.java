package cn.onecard.analytics.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.analytics.extract.CardDay;
import cn.onecard.analytics.extract.Cell;
import cn.onecard.analytics.extract.CodeList;
import cn.onecard.analytics.extract.Dimension;
import cn.onecard.analytics.extract.DayCodes;
import cn.onecard.analytics.extract.RawCube;
import cn.onecard.analytics.extract.SampleCity;
import cn.onecard.analytics.protect.DominanceRule;
import cn.onecard.analytics.protect.PrimaryRules;
import cn.onecard.analytics.protect.ProtectedCube;
import cn.onecard.analytics.protect.Protector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a release, and the verifier that reads them back. */
class ReleaseTest {
    private static final PrimaryRules RULES = new PrimaryRules(10, new DominanceRule.Percent(10));

    @TempDir
    private Path folder = Path.of("");

    private final SampleCity city = new SampleCity(4, 3);
    private final List<CardDay> cards = city.cards(500, 21);
    private final RawCube raw = city.cube(cards);
    private final ProtectedCube cube = new Protector(RULES).protect(raw);

    @BeforeEach
    void someIsWithheldAndSomeIsNot() {
        assertThat(cube.withheld()).isPositive().isLessThan(cube.cells().size());
    }

    @Test
    void write_twice_givesTheSameBytes() throws IOException {
        StagedRelease first = write("a");
        StagedRelease second = write("b");
        for (Path file : List.of(first.csv(), first.parquet(), first.dictionary(), first.manifest())) {
            assertThat(second.folder().resolve(file.getFileName())).hasSameBinaryContentAs(file);
        }
    }

    @Test
    void verify_releaseAsWritten_isCertified() throws IOException {
        StagedRelease staged = write("a");
        assertThat(new ReleaseVerifier(raw, RULES).verify(staged).staged()).isEqualTo(staged);
    }

    @Test
    void write_withheldCell_showsNothingButItsFlags() throws IOException {
        StagedRelease staged = write("a");
        List<String> withheld = Files.readAllLines(staged.csv()).stream().filter(line -> line.contains("#N/A")).toList();
        assertThat(withheld).hasSize(3 * cube.withheld()).allMatch(line -> line.matches(".*,#N/A,[A-Z]+,-?\\d,Q,C,T1-TAPS-1"));
        assertThat(Files.readString(staged.csv())).doesNotContain(",,").contains("\r\n");
    }

    @Test
    void write_parquet_isReadByDuckDbAsTheCsvIs() throws IOException, SQLException {
        StagedRelease staged = write("a");
        String csv = "read_csv('" + staged.csv() + "', nullstr = '#N/A')";
        String parquet = "read_parquet('" + staged.parquet() + "')";
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:"); Statement statement = connection.createStatement()) {
            for (String source : List.of(csv, parquet)) {
                try (ResultSet rows = statement.executeQuery("SELECT count(*), count(OBS_VALUE), CAST(sum(CASE WHEN MEASURE = 'AMOUNT_FEN'"
                        + " AND LINE = '_T' AND REF_AREA = '_T' AND CARD_TYPE = '_T' AND HOUR = '_T' THEN OBS_VALUE END) AS BIGINT) FROM " + source)) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getLong(1)).isEqualTo(3L * raw.cells().size());
                    assertThat(rows.getLong(2)).isEqualTo(3L * (raw.cells().size() - cube.withheld()));
                    assertThat(rows.getLong(3)).isEqualTo(raw.facts(Cell.EVERYTHING).amountFen());
                }
            }
            try (ResultSet type = statement.executeQuery("SELECT type FROM parquet_schema('" + staged.parquet() + "') WHERE name = 'OBS_VALUE'")) {
                assertThat(type.next()).isTrue();
                assertThat(type.getString(1)).isEqualTo("INT64");
            }
        }
        assertThat(ParquetTable.readFooter(staged.parquet())).containsEntry("privacyLabel", "匿名化 statistics").containsEntry("policy_id", "T1-TAPS");
    }

    @Test
    void verify_figureChangedInTheCsv_isRefused() throws IOException {
        StagedRelease staged = write("a");
        Files.writeString(staged.csv(), Files.readString(staged.csv()).replaceFirst(",TAPS,\\d+,", ",TAPS,7,"));
        assertRefused(staged, "CSV and Parquet differ");
    }

    @Test
    void verify_valueThatIsMissingWithoutAFlag_isRefused() throws IOException {
        StagedRelease staged = write("a");
        Files.writeString(staged.csv(), Files.readString(staged.csv()).replaceFirst("#N/A", ""));
        assertRefused(staged, "empty value");
    }

    @Test
    void verify_sensitiveCellPublished_isRefused() throws IOException {
        ProtectedCube naive = new Protector(new PrimaryRules(1, new DominanceRule.Share(2, 101, 1))).protect(raw);
        assertThat(naive.withheld()).isZero();
        assertRefused(ReleaseWriter.write(SampleCity.DAY, city.policy(), naive, codes(), Files.createDirectory(folder.resolve("n"))), "sensitive cell");
    }

    @Test
    void verify_releaseOfAnotherCube_isRefused() throws IOException {
        StagedRelease staged = write("a");
        List<CardDay> more = new ArrayList<>(cards);
        more.add(new CardDay(SampleCity.DAY, 9_999, cards.getFirst().parts()));
        assertThatThrownBy(() -> new ReleaseVerifier(city.cube(more), RULES).verify(staged)).isInstanceOf(ReleaseRefused.class)
                .hasMessageContaining("not the true figure");
    }

    @Test
    void computable_onlySensitiveCellsWithheld_findsSome() {
        Set<Cell> sensitive = new HashSet<>(raw.cells());
        sensitive.removeIf(cell -> !RULES.isSensitive(raw.facts(cell)));
        assertThat(HiddenCells.computable(raw, Set.of(raw.cells().getLast()))).containsExactly(raw.cells().getLast());
        assertThat(HiddenCells.computable(raw, sensitive)).isNotEmpty();
    }

    @Test
    void store_verifiedRelease_isFoundAndNeverReplaced() throws IOException {
        ReleaseStore store = new ReleaseStore(folder.resolve("store"));
        Manifest stored = store.store(verified(store));
        assertThat(store.find(SampleCity.DAY)).contains(stored);
        assertThat(store.listReleases()).containsExactly(stored);
        assertThat(stored.rows()).isEqualTo(3L * raw.cells().size());
        assertThat(stored.suppressed()).isEqualTo(3L * cube.withheld());
        assertThat(stored.privacyLabel()).isEqualTo("匿名化 statistics");
        VerifiedRelease second = verified(store);
        assertThatThrownBy(() -> store.store(second)).isInstanceOf(IOException.class);
        assertThat(store.find(SampleCity.DAY)).contains(stored);
    }

    @Test
    void find_storedFileWasChanged_isRefused() throws IOException {
        ReleaseStore store = new ReleaseStore(folder.resolve("store"));
        store.store(verified(store));
        Path csv = store.folder(SampleCity.DAY).resolve("taps-" + SampleCity.DAY + ".csv");
        byte[] bytes = Files.readAllBytes(csv);
        Files.write(csv, Arrays.copyOf(bytes, bytes.length - 1));
        assertThatThrownBy(() -> store.find(SampleCity.DAY)).isInstanceOf(ReleaseRefused.class).hasMessageContaining("not what was released");
    }

    @Test
    void findFile_nameOutsideTheManifest_isNotThere() throws IOException {
        ReleaseStore store = new ReleaseStore(folder.resolve("store"));
        store.store(verified(store));
        Files.writeString(folder.resolve("secret"), "x");
        assertThat(store.findFile(SampleCity.DAY.toString(), "../../secret")).isEmpty();
        assertThat(store.findFile("..", "secret")).isEmpty();
        assertThat(store.findFile(SampleCity.DAY.toString(), "manifest.json")).isPresent();
    }

    private VerifiedRelease verified(ReleaseStore store) throws IOException {
        return new ReleaseVerifier(raw, RULES).verify(
                ReleaseWriter.write(SampleCity.DAY, city.policy(), cube, codes(), store.stage(SampleCity.DAY)));
    }

    private StagedRelease write(String name) throws IOException {
        return ReleaseWriter.write(SampleCity.DAY, city.policy(), cube, codes(), Files.createDirectory(folder.resolve(name)));
    }

    private void assertRefused(StagedRelease staged, String why) {
        assertThatThrownBy(() -> new ReleaseVerifier(raw, RULES).verify(staged)).isInstanceOf(ReleaseRefused.class).hasMessageContaining(why);
    }

    private DayCodes codes() {
        Map<Dimension, CodeList> lists = new EnumMap<>(Dimension.class);
        for (Dimension dimension : Dimension.values()) {
            lists.put(dimension, raw.codeList(dimension));
        }
        return new DayCodes(lists, Map.of("BUS-1", "1路"));
    }
}
