package cn.onecard.settlement.fares;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.fare.Tariff;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.ServiceCode;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plain tables of fares: small ones that are wrong, and those of Hong Kong, of which every fare is asked for again. */
class OdTableTest {
    private static final OdTable.Choice PLAIN = new OdTable.Choice(1, "CNY", ServiceCode.METRO, "from", "to",
            Map.of(CardKind.ORDINARY, "fare", CardKind.STUDENT, "student"), Set.of("remark"));

    @TempDir
    private Path folder = Path.of(".");

    private Imported read(String text, Optional<Tariff> earlier) throws IOException {
        return OdTable.read(Files.writeString(folder.resolve("od.csv"), text), PLAIN, earlier);
    }

    @Test
    void read_namesAndDecimals_areNumbersAndFen() throws IOException {
        Imported imported = read("from,to,fare,student,remark\nNorth,South,3.5,1.75,x\nSouth,North,4,2.00,\nNorth,7,1,1,\n", Optional.empty());
        Tariff tariff = imported.tariff();
        int north = tariff.findStation("North").orElseThrow();
        int south = tariff.findStation("South").orElseThrow();
        assertThat(RealFares.metro(tariff, north, south, CardKind.ORDINARY)).isEqualTo(350);
        assertThat(RealFares.metro(tariff, south, north, CardKind.STUDENT)).isEqualTo(200);
        assertThat(tariff.findStation("7")).hasValue(7);
        assertThat(imported.notes()).contains("columns left out: remark");
        assertThat(Tariff.parse(tariff.text())).isEqualTo(tariff);
    }

    @Test
    void read_earlierTable_stationsKeepTheirNumbers() throws IOException {
        Tariff earlier = Tariff.parse("version,1\nstation,42,South\nstation,1,Gone\n");
        Tariff tariff = read("from,to,fare,student\nNorth,South,3,3\n", Optional.of(earlier)).tariff();
        assertThat(tariff.findStation("South")).hasValue(42);
        assertThat(tariff.findStation("North")).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # third line        | complaint
          A,B,3,1,          | the pair stands in od.csv, line 2 already
          A,,3,1,           | to is empty
          A,C,,1,           | fare is empty
          A,C,3.001,1,      | more than two decimals: 3.001
          A,C,three,1,      | no amount: three
          A,C,-1,1,         | a negative fare for ORDINARY
          A,C#,3,1,         | a name with a comma, a # or a line end
          A,C,3,1,,9        | nobody understands column zone (9)
        """)
    void read_lineThatIsNoFare_isRefusedByFileAndLine(String line, String complaint) {
        assertThatThrownBy(() -> read("from,to,fare,student,remark,zone\nA,B,3,1,,\n" + line + (line.endsWith("9") ? "" : ",") + "\n", Optional.empty()))
                .isInstanceOf(ImportRefused.class).hasMessageStartingWith("od.csv, line 3: ").hasMessageContaining(complaint);
    }

    @Test
    void read_noRows_isRefused() {
        assertThatThrownBy(() -> read("from,to,fare,student\n", Optional.empty())).isInstanceOf(ImportRefused.class).hasMessageContaining("no fares in it");
    }

    /** Asks for every fare of a published table again. */
    private static int compare(Path file, String from, String to, Map<CardKind, String> kinds, Set<String> ignored) throws IOException {
        OdTable.Choice choice = new OdTable.Choice(1, "HKD", ServiceCode.METRO, from, to, kinds, ignored);
        Tariff imported = OdTable.read(file, choice, Optional.empty()).tariff();
        Tariff tariff = Tariff.parse(imported.text());
        assertThat(tariff).isEqualTo(imported);
        List<NamedCsvRecord> rows = RealFares.rows(file);
        for (NamedCsvRecord row : rows) {
            int origin = tariff.findStation(row.getField(from)).orElseThrow();
            int destination = tariff.findStation(row.getField(to)).orElseThrow();
            kinds.forEach((kind, column) -> assertThat(BigDecimal.valueOf(RealFares.metro(tariff, origin, destination, kind), 2))
                    .as("%s, line %d, %s", file.getFileName(), row.getStartingLineNumber(), kind).isEqualByComparingTo(row.getField(column)));
        }
        return rows.size();
    }

    @Test
    void read_metroOfHongKong_everyFareIsThePublishedOne() throws IOException {
        int pairs = compare(RealFares.data("mtr-octopus-fares/mtr_lines_fares.csv"), "SRC_STATION_ID", "DEST_STATION_ID",
                Map.of(CardKind.ORDINARY, "OCT_ADT_FARE", CardKind.STUDENT, "OCT_STD_FARE", CardKind.SENIOR, "OCT_CON_ELDERLY_FARE"),
                Set.of("SRC_STATION_NAME", "DEST_STATION_NAME", "OCT_JOYYOU_SIXTY_FARE", "SINGLE_ADT_FARE", "OCT_CON_CHILD_FARE",
                        "OCT_CON_PWD_FARE", "SINGLE_CON_CHILD_FARE", "SINGLE_CON_ELDERLY_FARE"));
        assertThat(pairs).isEqualTo(9_216);
    }

    @Test
    void read_lightRailOfHongKong_everyFareIsThePublishedOne() throws IOException {
        int pairs = compare(RealFares.data("mtr-octopus-fares/light_rail_fares.csv"), "from_station_id", "to_station_id",
                Map.of(CardKind.ORDINARY, "fare_octo_adult", CardKind.STUDENT, "fare_octo_student", CardKind.SENIOR, "fare_octo_elderly"),
                Set.of("fare_octo_child", "fare_octo_pwd", "fare_octo_joyyou_sixty", "fare_single_adult", "fare_single_child", "fare_single_elderly"));
        assertThat(pairs).isEqualTo(4_624);
    }
}
