package cn.onecard.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cn.onecard.acceptance.FrontDoor.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The fare office at the front door: a table of fares is imported and asked, a feed that cannot be said is refused by its line, and
 *  recorded swipes are audited. */
final class C01_FaresOfRealCitiesIT {
    private static FrontDoor door(String name) throws Exception {
        FrontDoor door = FrontDoor.withEmptyData(name);
        assumeTrue(Files.isDirectory(door.realData("")), "the real data are not beside the project");
        return door;
    }

    @Test
    void fares_tableOfHongKong_isImportedAndAsked() throws Exception {
        FrontDoor door = door("C01-table");
        Path table = door.data().resolveSibling("C01-hongkong.fares");
        Ended imported = door.run(Map.of(), "fares", "import", "--od", door.realData("mtr-octopus-fares/light_rail_fares.csv").toString(), "--currency", "HKD",
                "--columns", "from=from_station_id,to=to_station_id,ORDINARY=fare_octo_adult,STUDENT=fare_octo_student", "--ignore",
                "fare_octo_child,fare_octo_elderly,fare_octo_pwd,fare_octo_joyyou_sixty,fare_single_adult,fare_single_child,fare_single_elderly",
                "--out", table.toString());
        assertThat(imported.status()).as(imported.output()).isZero();
        assertThat(imported.output()).contains("4624 pairs, 2 kinds of cards", "columns left out: fare_octo_child, ");

        Ended priced = door.run(Map.of(), "fares", "price", "--rules", table.toString(), "--service", "METRO", "--from", "1", "--to", "10", "--kind", "STUDENT");
        assertThat(priced.status()).as(priced.output()).isZero();
        assertThat(priced.output()).contains("510 fen by pair,od,1,10,510,220", "charge: 220 fen");
    }

    @Test
    void fares_feedOfBoston_isRefusedByFileAndLine() throws Exception {
        FrontDoor door = door("C01-feed");
        Path table = door.data().resolveSibling("C01-boston.fares");
        Ended refused = door.run(Map.of(), "fares", "import", "--gtfs", door.realData("gtfs-mbta-fares-us").toString(), "--medium", "charlieticket",
                "--network", "local_bus,rapid_transit", "--without", "prod_free_fare", "--out", table.toString());
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.output()).startsWith("fare_transfer_rules.txt, line ").contains("nobody understands column fare_media_behavior");
        assertThat(table).doesNotExist();
    }

    @Test
    void fares_swipesOfShenzhen_areAudited() throws Exception {
        FrontDoor door = door("C01-swipes");
        Path list = door.data().resolveSibling("C01-findings.csv");
        Ended audited = door.run(Map.of(), "fares", "audit", "--swipes", door.realData("szt-shenzhen/card-data_14_14.csv").toString(), "--rules",
                door.home().resolve("docs/fares/shenzhen-2018.fares").toString(), "--out", list.toString());
        assertThat(audited.status()).as(audited.output()).isZero();
        assertThat(audited.output()).contains("37000 swipes", "TRANSFER_NOT_MARKED");
        assertThat(Files.readAllLines(list)).hasSizeGreaterThan(100).first().asString().endsWith("reason,why");
    }
}
