package cn.onecard.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cn.onecard.terminal.sim.PrivatePcscd;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Fifteen readers, three hundred cards, one in five of them snatched or torn away in the middle of a command; then the PC/SC service is
 *  ended and started anew. One process serves it all. */
final class A02_CardsAreSnatchedAndTornAwayIT {
    @Test
    void soak_quick_everyCardIsServedAndTheServiceIsFoundAgain() throws Exception {
        Optional<String> missing = PrivatePcscd.missing();
        if ("true".equals(System.getenv("CI"))) {
            assertThat(missing).isEmpty();
        }
        assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElse(""));
        FrontDoor door = FrontDoor.withEmptyData("A02");
        Path report = door.data().resolveSibling("A02-report.json");
        FrontDoor.Ended ended = door.run(Map.of(), "terminal", "soak", "--quick", "--report", report.toString());
        assertThat(ended.status()).as(ended.output()).isZero();
        JsonNode soak = door.json(report);
        assertThat(soak.path("insertions").asInt()).isEqualTo(300);
        assertThat(soak.path("pullsInMidCommand").asInt()).isEqualTo(30);
        assertThat(soak.path("snatched").asInt()).isEqualTo(30);
        assertThat(soak.path("serviceFoundAgain").asBoolean()).isTrue();
    }
}
