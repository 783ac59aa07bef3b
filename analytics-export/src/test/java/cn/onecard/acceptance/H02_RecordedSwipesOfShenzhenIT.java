package cn.onecard.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** 37,000 recorded swipes go through readers, core and settlement. What must come out is computed from the file by awk,
 *  not by any code of ours. */
final class H02_RecordedSwipesOfShenzhenIT {
    @Test
    void demo_recordedSwipes_totalsEqualThoseOfTheFile() throws Exception {
        FrontDoor door = FrontDoor.withEmptyData("H02");
        Path swipes = door.realData("szt-shenzhen/card-data_14_14.csv");
        assumeTrue(Files.exists(swipes), "the recorded swipes are not beside the project: " + swipes);
        Path file = door.data().resolveSibling("H02-report.json");

        door.succeed("demo", "--exit", "--swipes", swipes.toString(), "--report", file.toString());

        JsonNode report = door.json(file);
        String[] all = awk("NR>1{n++; s+=$4} END{print n, s}", swipes).split(" ", -1);
        assertThat(report.path("business_date").asText()).isEqualTo("2018-09-01");
        assertThat(report.path("taps").path("posted").asLong()).isEqualTo(Long.parseLong(all[0]));
        assertThat(report.path("money").path("credited_fen").asLong()).isEqualTo(Long.parseLong(all[1]));
        assertThat(report.path("money").path("suspense_fen").asLong()).isZero();
        String[] byCompany = awk("NR>1{s[$7]+=$4} END{for (c in s) print c \" \" s[c]}", swipes).split("\n", -1);
        assertThat(byCompany).hasSizeGreaterThan(1);
        for (String company : byCompany) {
            String[] nameAndFen = company.split(" ", -1);
            Path statement = door.data().resolve("settlement/2018-09-01/statement-" + party(report, nameAndFen[0]) + ".csv");
            assertThat(awk("$3==\"TAKEN\"{s+=$8} END{print s}", statement)).as(nameAndFen[0]).isEqualTo(nameAndFen[1]);
        }
    }

    private static int party(JsonNode report, String name) {
        for (JsonNode position : report.path("settlement").path("positions")) {
            if (position.path("name").asText().equals(name)) {
                return position.path("party").asInt();
            }
        }
        throw new AssertionError("no position of " + name);
    }

    private static String awk(String program, Path file) throws Exception {
        Process process = new ProcessBuilder("awk", "-F,", program, file.toString()).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }
}
