package cn.onecard.settlement.fares;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.fare.Journey;
import cn.onecard.fare.Leg;
import cn.onecard.fare.Price;
import cn.onecard.fare.Stop;
import cn.onecard.fare.Tariff;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.ServiceCode;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The metro of Beijing: distances between stations, what a distance costs, and half the fare before seven o'clock from some stations. The
 *  shortest ways are found here by another way (Floyd and Warshall) than in the fare table. */
class BeijingFaresTest {
    private static final int FAR = Integer.MAX_VALUE / 4;
    private static final JsonMapper JSON5 = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES, JsonReadFeature.ALLOW_TRAILING_COMMA,
                    JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS).build();

    private final Map<String, Integer> stations = new HashMap<>();
    private final List<int[]> links = new ArrayList<>();

    private int station(String name) {
        return stations.computeIfAbsent(name, key -> stations.size());
    }

    /** Neighbours of one line; a loop begins with the way from its last station. */
    private void read(JsonNode line) {
        String before = line.path("loop").asBoolean() ? line.path("stations").path(line.path("stations").size() - 1).path("name").asText() : "";
        for (JsonNode stop : line.path("stations")) {
            String name = stop.path("name").asText();
            if (!before.isEmpty()) {
                links.add(new int[] {station(before), station(name), stop.path("dist").asInt()});
            }
            station(name);
            before = name;
        }
    }

    private int[][] distances() {
        int count = stations.size();
        int[][] metres = new int[count][count];
        for (int i = 0; i < count; i++) {
            Arrays.fill(metres[i], FAR);
            metres[i][i] = 0;
        }
        for (int[] link : links) {
            metres[link[0]][link[1]] = Math.min(metres[link[0]][link[1]], link[2]);
            metres[link[1]][link[0]] = metres[link[0]][link[1]];
        }
        for (int via = 0; via < count; via++) {
            for (int from = 0; from < count; from++) {
                for (int to = 0; to < count; to++) {
                    metres[from][to] = Math.min(metres[from][to], metres[from][via] + metres[via][to]);
                }
            }
        }
        return metres;
    }

    private Tariff tariff(JsonNode bands, Set<String> early) {
        StringBuilder text = new StringBuilder("version,1\norder,offpeak,round\ntimeframe,early,workdays,00:00,07:00\ndistance,METRO,*,beijing\n");
        for (JsonNode band : bands) {
            text.append("band,beijing,").append(band.has("end") ? band.path("end").asText() : "*").append(',').append(100 * band.path("fare").asInt()).append('\n');
        }
        links.forEach(link -> text.append("link,beijing,").append(link[0]).append(',').append(link[1]).append(',').append(link[2]).append('\n'));
        text.append("area,suburbs,").append(String.join(" ", early.stream().map(name -> Integer.toString(station(name))).toList()))
                .append("\noffpeak,METRO,*,early,entry,50,suburbs\n");
        return Tariff.parse("Beijing", text.toString());
    }

    private static int fare(JsonNode bands, int metres) {
        for (JsonNode band : bands) {
            if (metres >= band.path("start").asInt() && metres <= band.path("end").asInt(FAR)) {
                return 100 * band.path("fare").asInt();
            }
        }
        throw new AssertionError("no band for " + metres);
    }

    @Test
    void price_thousandsOfPairs_isThatOfTheShortestWayAndHalfOfItEarly() throws IOException {
        Path folder = RealFares.data("beijing-subway/beijing");
        JsonNode groups = JSON5.readTree(Files.readString(folder.resolve("fare_rules.json5"))).path("rule_groups");
        JsonNode bands = groups.path(0).path("rules");
        Set<String> early = new HashSet<>();
        groups.path(1).path("starting_stations").forEach(name -> early.add(name.asText()));
        Set<String> ownFares = new HashSet<>();
        groups.forEach(group -> group.path("lines").forEach(name -> ownFares.add(name.asText())));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*line*.json5")) {
            for (Path file : files) {
                JsonNode line = JSON5.readTree(Files.readString(file));
                if (!ownFares.contains(line.path("name").asText())) {
                    read(line);
                }
            }
        }
        assertThat(stations).hasSizeGreaterThan(300).containsKeys(early.toArray(new String[0]));
        Tariff tariff = tariff(bands, early);
        int[][] metres = distances();
        List<String> names = stations.keySet().stream().sorted().toList();
        SplittableRandom random = new SplittableRandom(1);
        int compared = 0;
        for (int i = 0; i < 12_000; i++) {
            String from = names.get(random.nextInt(names.size()));
            String to = names.get(random.nextInt(names.size()));
            if (metres[station(from)][station(to)] < FAR) {
                int fare = fare(bands, metres[station(from)][station(to)]);
                assertThat(charge(tariff, station(from), station(to), LocalDateTime.of(2026, 11, 25, 12, 0))).as("%s to %s", from, to).isEqualTo(fare);
                assertThat(charge(tariff, station(from), station(to), LocalDateTime.of(2026, 11, 25, 6, 59, 59))).as("%s to %s, early", from, to)
                        .isEqualTo(early.contains(from) ? fare / 2 : fare);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(10_000);
    }

    private static long charge(Tariff tariff, int from, int to, LocalDateTime at) {
        Leg leg = Leg.between(ServiceCode.METRO, 1, new Stop(from, at), new Stop(to, at.plusMinutes(40)));
        return ((Price) tariff.price(Journey.alone(leg, CardKind.ORDINARY))).charge().fen();
    }
}
