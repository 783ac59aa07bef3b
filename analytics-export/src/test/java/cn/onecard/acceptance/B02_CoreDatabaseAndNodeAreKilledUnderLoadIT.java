package cn.onecard.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Core, database and one of two core nodes are killed under bulk load, forged, malformed and contradicting taps among it. Every
 *  tap is answered as it must be and is in the journal exactly once, and the money adds up. */
final class B02_CoreDatabaseAndNodeAreKilledUnderLoadIT {
    private static final Map<String, Integer> KILLS = Map.of("core_killed", 3, "database_killed", 2, "one_of_two_nodes_killed", 1);

    @Test
    void bench_everythingKilledUnderLoad_keepsEveryPromise() throws Exception {
        FrontDoor door = FrontDoor.withEmptyData("B02");
        Path report = door.data().resolveSibling("B02.json");
        FrontDoor.Ended ended = door.succeed("bench", "crash", "--quick", "--seed", "11", "--report", report.toString());
        JsonNode json = door.json(report);
        assertThat(json.path("broken_promises").path("count").asInt(-1)).as(ended.output()).isZero();
        KILLS.forEach((name, kills) -> {
            JsonNode phase = json.path("phases").path(name);
            assertThat(phase.path("kills").asInt()).as(name).isEqualTo(kills);
            assertThat(phase.path("taps_sent").asLong()).as(name).isPositive()
                    .isEqualTo(phase.path("rows").asLong() + phase.path("evidence").asLong());
            assertThat(phase.path("fen_sent").asLong()).as(name).isPositive().isEqualTo(phase.path("fen_booked").asLong());
            for (String outcome : new String[] {"ACCEPTED", "DUPLICATE", "CONFLICT", "FORGED", "MALFORMED"}) {
                assertThat(phase.path("outcomes").path(outcome).asLong()).as(name + " " + outcome).isPositive();
            }
        });
    }
}
