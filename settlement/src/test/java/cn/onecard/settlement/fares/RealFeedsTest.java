package cn.onecard.settlement.fares;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.fare.Journey;
import cn.onecard.fare.Leg;
import cn.onecard.fare.PaidBefore;
import cn.onecard.fare.PastRide;
import cn.onecard.fare.Price;
import cn.onecard.fare.Stop;
import cn.onecard.fare.Tariff;
import cn.onecard.fare.Unpriced;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.ServiceCode;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The published GTFS fares of Zakroczym and Boston: imported, and thousands of rides priced. What a ride must cost is looked up here by
 *  another way: the leg rules are read as the specification has them, one ride at a time. */
class RealFeedsTest {
    private static final Set<String> BEYOND_THE_SPECIFICATION = Set.of("fare_media_behavior", "fare_product_behavior");

    /** The leg rules of a feed without priorities, asked for one ride. */
    private static final class Oracle {
        private final List<NamedCsvRecord> rules;
        private final Map<String, BigDecimal> amounts = new HashMap<>();
        private final Map<String, Set<String>> areas = new HashMap<>();
        private final Set<String> from = new HashSet<>();
        private final Set<String> to = new HashSet<>();

        Oracle(Path feed, String medium) throws IOException {
            rules = RealFares.rows(feed.resolve("fare_leg_rules.txt"));
            rules.forEach(rule -> from.add(rule.getField("from_area_id")));
            rules.forEach(rule -> to.add(rule.getField("to_area_id")));
            for (NamedCsvRecord product : RealFares.rows(feed.resolve("fare_products.txt"))) {
                if (product.getField("fare_media_id").equals(medium)) {
                    amounts.put(product.getField("fare_product_id"), new BigDecimal(product.getField("amount")));
                }
            }
            Map<String, Set<String>> own = new HashMap<>();
            RealFares.rows(feed.resolve("stop_areas.txt"))
                    .forEach(row -> own.computeIfAbsent(row.getField("stop_id"), key -> new HashSet<>()).add(row.getField("area_id")));
            for (NamedCsvRecord stop : RealFares.rows(feed.resolve("stops.txt"))) {
                Set<String> all = new HashSet<>(own.getOrDefault(stop.getField("stop_id"), Set.of()));
                stop.findField("parent_station").ifPresent(parent -> all.addAll(own.getOrDefault(parent, Set.of())));
                areas.put(stop.getField("stop_id"), all);
            }
        }

        List<String> stopsInAreas() {
            return areas.entrySet().stream().filter(stop -> !stop.getValue().isEmpty()).map(Map.Entry::getKey).sorted().toList();
        }

        Set<BigDecimal> amounts(String network, String origin, String destination) {
            Set<BigDecimal> found = new TreeSet<>();
            for (NamedCsvRecord rule : rules) {
                BigDecimal amount = amounts.get(rule.getField("fare_product_id"));
                if (amount != null && rule.findField("network_id").orElse("").equals(network) && matches(rule.getField("from_area_id"), origin, from)
                        && matches(rule.getField("to_area_id"), destination, to)) {
                    found.add(amount);
                }
            }
            return found;
        }

        private boolean matches(String area, String stop, Set<String> named) {
            Set<String> in = areas.getOrDefault(stop, Set.of());
            return area.isEmpty() ? in.stream().noneMatch(named::contains) : in.contains(area);
        }
    }

    /** Prices rides of a network between stops, and holds each against the leg rules.
     *
     *  @return how many had a fare */
    private static int compare(Tariff tariff, Oracle oracle, String network, Leg pattern, List<String[]> pairs) {
        int priced = 0;
        for (String[] pair : pairs) {
            Leg leg = Leg.between(pattern.service(), pattern.line(), new Stop(tariff.findStation(pair[0]).orElseThrow(), RealFares.NOON),
                    new Stop(tariff.findStation(pair[1]).orElseThrow(), RealFares.NOON.plusMinutes(9)));
            Set<BigDecimal> amounts = oracle.amounts(network, pair[0], pair[1]);
            String ride = network + " from " + pair[0] + " to " + pair[1];
            switch (tariff.price(Journey.alone(leg, CardKind.ORDINARY))) {
                case Price price -> {
                    assertThat(amounts).as(ride).hasSize(1);
                    assertThat(BigDecimal.valueOf(price.charge().fen(), 2)).as(ride).isEqualByComparingTo(amounts.iterator().next());
                    priced++;
                }
                case Unpriced none -> assertThat(amounts).as(ride + ": " + none.why()).isEmpty();
            }
        }
        return priced;
    }

    private static List<String[]> pairs(List<String> stops, int most) {
        List<String[]> pairs = new ArrayList<>();
        if (stops.size() * stops.size() <= most) {
            stops.forEach(origin -> stops.forEach(destination -> pairs.add(new String[] {origin, destination})));
        } else {
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < most; i++) {
                pairs.add(new String[] {stops.get(random.nextInt(stops.size())), stops.get(random.nextInt(stops.size()))});
            }
        }
        return pairs;
    }

    private static GtfsChoice boston(String medium, Set<String> networks, Map<String, ServiceCode> services) {
        return new GtfsChoice(1, Optional.of(medium), networks, Set.of("prod_free_fare"), Map.of(), services, BEYOND_THE_SPECIFICATION);
    }

    @Test
    void read_zakroczym_everyPairOfStopsCostsWhatTheFeedSays() throws IOException {
        Path feed = RealFares.data("gtfs-zakroczym-pl");
        Tariff tariff = GtfsFares.read(feed, new GtfsChoice(1, Optional.of("0"), Set.of(), Set.of(), Map.of(), Map.of(), Set.of()), Optional.empty()).tariff();
        Oracle oracle = new Oracle(feed, "0");
        Leg bus = Leg.single(ServiceCode.BUS, tariff.findLine(ServiceCode.BUS, "Z1").orElseThrow(), new Stop(0, RealFares.NOON));
        List<String> stops = oracle.stopsInAreas();
        assertThat(compare(tariff, oracle, "", bus, pairs(stops, 10_000))).isEqualTo(stops.size() * stops.size()).isGreaterThanOrEqualTo(1_000);
    }

    @Test
    void read_passesOfZakroczym_areRefusedUntilAMediumIsChosen() {
        Path feed = RealFares.data("gtfs-zakroczym-pl");
        GtfsChoice any = new GtfsChoice(1, Optional.empty(), Set.of(), Set.of(), Map.of("1", CardKind.TEST, "2", CardKind.STUDENT, "3", CardKind.SENIOR),
                Map.of(), Set.of());
        assertThatThrownBy(() -> GtfsFares.read(feed, any, Optional.empty()))
                .isInstanceOf(ImportRefused.class).hasMessageStartingWith("fare_products.txt, line 8: no leg and no transfer costs monthly_normal");
    }

    @Test
    void read_busesOfBoston_ridesCostWhatTheFeedSays() throws IOException {
        Path feed = RealFares.data("gtfs-mbta-fares-us");
        Tariff tariff = GtfsFares.read(feed, boston("cash", Set.of("local_bus", "express_bus"), Map.of()), Optional.empty()).tariff();
        Oracle oracle = new Oracle(feed, "cash");
        List<String> stops = oracle.stopsInAreas().stream().filter(stop -> tariff.findStation(stop).isPresent()).toList();
        Leg express = Leg.single(ServiceCode.BUS, tariff.findLine(ServiceCode.BUS, "354").orElseThrow(), new Stop(0, RealFares.NOON));
        Leg local = Leg.single(ServiceCode.BUS, tariff.findLine(ServiceCode.BUS, "1").orElseThrow(), new Stop(0, RealFares.NOON));
        assertThat(compare(tariff, oracle, "local_bus", local, pairs(stops, 5_000))).isGreaterThan(1_000);
        assertThat(compare(tariff, oracle, "express_bus", express, pairs(stops, 20_000))).isGreaterThan(1_000);
    }

    @Test
    void read_commuterRailOfBoston_ridesCostWhatTheFeedSays() throws IOException {
        Path feed = RealFares.data("gtfs-mbta-fares-us");
        GtfsChoice choice = boston("cash", Set.of("commuter_rail"), Map.of("commuter_rail", ServiceCode.METRO));
        Tariff tariff = GtfsFares.read(feed, choice, Optional.empty()).tariff();
        Oracle oracle = new Oracle(feed, "cash");
        List<String> stops = oracle.stopsInAreas().stream().filter(stop -> tariff.findStation(stop).isPresent()).toList();
        Leg rail = Leg.single(ServiceCode.METRO, tariff.findLine(ServiceCode.METRO, "CR-Worcester").orElseThrow(), new Stop(0, RealFares.NOON));
        assertThat(compare(tariff, oracle, "commuter_rail", rail, pairs(stops, 10_000))).isGreaterThan(5_000);
    }

    @Test
    void read_ticketsOfBoston_theBusAfterTheSubwayIsFreeForTwoHours() throws IOException {
        Path feed = RealFares.data("gtfs-mbta-fares-us");
        Tariff tariff = GtfsFares.read(feed, boston("charlieticket", Set.of("local_bus", "rapid_transit"), Map.of()), Optional.empty()).tariff();
        Leg subway = Leg.between(ServiceCode.METRO, tariff.findLine(ServiceCode.METRO, "Red").orElseThrow(), new Stop(9_998, RealFares.NOON),
                new Stop(9_999, RealFares.NOON.plusMinutes(30)));
        for (int seconds : new int[] {7_200, 7_201}) {
            Leg bus = Leg.between(ServiceCode.BUS, tariff.findLine(ServiceCode.BUS, "1").orElseThrow(), new Stop(9_999, RealFares.NOON.plusSeconds(seconds)),
                    new Stop(9_997, RealFares.NOON.plusHours(3)));
            Journey journey = new Journey(bus, CardKind.ORDINARY, Optional.of(new PastRide(subway, Money.ofFen(240), 0)), PaidBefore.NOTHING);
            assertThat(tariff.price(journey)).isInstanceOfSatisfying(Price.class,
                    price -> assertThat(price.charge()).isEqualTo(Money.ofFen(seconds == 7_200 ? 0 : 240)));
        }
    }

    @Test
    void read_ferriesOfBoston_areRefusedByFileAndLine() {
        Path feed = RealFares.data("gtfs-mbta-fares-us");
        GtfsChoice all = new GtfsChoice(1, Optional.empty(), Set.of(), Set.of(), Map.of(), Map.of("commuter_rail", ServiceCode.METRO), Set.of());
        assertThatThrownBy(() -> GtfsFares.read(feed, all, Optional.empty())).isInstanceOf(ImportRefused.class)
                .hasMessageMatching("routes.txt, line \\d+: route type \\d of network \\w+ is neither a bus nor a metro.*");
    }
}
