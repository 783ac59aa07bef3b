package cn.onecard.fare;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.RideKind;
import cn.onecard.vocabulary.ServiceCode;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is true of every fare table and every journey, tried on random ones; a failure is found again by its seed. */
class TariffPropertiesTest {
    private static final int STATIONS = 6;
    private static final int RIDES = 400;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void price_anyJourneys_neverNegativeNeverAboveACapAlwaysTheSame(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String text = randomTable(random);
        Tariff tariff = Tariff.parse("seed " + seed, text);
        Tariff again = Tariff.parse("seed " + seed + ", again", tariff.text());
        assertThat(again).isEqualTo(tariff);
        Day day = new Day();
        for (int i = 0; i < RIDES; i++) {
            Journey journey = day.next(random);
            Pricing pricing = tariff.price(journey);
            assertThat(again.price(journey)).as("seed %d, ride %d", seed, i).isEqualTo(pricing);
            if (pricing instanceof Price price) {
                assertThat(price.charge().isNegative()).isFalse();
                assertThat(price.steps()).isNotEmpty();
                assertThat(price.steps().getLast().due().money()).isEqualTo(price.charge());
                assertThat(explains(tariff, journey, price)).as("seed %d, ride %d: %s\n%s", seed, i, price.explanation(), text).isTrue();
                day.paid(journey, price);
                assertThat(day.sum(day.today)).as("seed %d, ride %d", seed, i).isLessThanOrEqualTo(2_000);
                assertThat(day.today.getOrDefault(ServiceCode.METRO, Money.ZERO).fen()).isLessThanOrEqualTo(1_500);
            }
        }
    }

    /** What the audit knows of a ride is less than what the terminal knew, and it must never deny what the terminal charged. */
    private static boolean explains(Tariff tariff, Journey journey, Price price) {
        Leg leg = journey.leg();
        Leg seen = leg.ride() == RideKind.EXIT ? new Leg(leg.service(), leg.line(), leg.ride(), Optional.empty(), leg.exit(), price.fullFare())
                : new Leg(leg.service(), leg.line(), leg.ride(), leg.entry(), Optional.empty(), price.fullFare());
        boolean openEnd = leg.ride() == RideKind.EXIT && leg.exit().isEmpty();
        return openEnd || tariff.charges(seen, journey.kind()).find(price.fullFare(), price.charge()).isPresent();
    }

    /** The rides of one card on one day, and what it paid. */
    private static final class Day {
        private LocalDateTime now = LocalDateTime.of(2026, 11, 25, 5, 0);
        private Optional<PastRide> previous = Optional.empty();
        private final Map<ServiceCode, Money> today = new EnumMap<>(ServiceCode.class);
        private final CardKind[] kinds = CardKind.values();

        Journey next(SplittableRandom random) {
            now = now.plusSeconds(random.nextInt(150));
            Stop entry = new Stop(1 + random.nextInt(STATIONS), now);
            Stop exit = new Stop(1 + random.nextInt(STATIONS), now.plusSeconds(random.nextInt(1_200)));
            Leg leg = switch (random.nextInt(8)) {
                case 0 -> new Leg(ServiceCode.METRO, 1, RideKind.EXIT, Optional.empty(), Optional.of(exit), Money.ZERO);
                case 1 -> new Leg(ServiceCode.METRO, 1, RideKind.EXIT, Optional.of(entry), Optional.empty(), Money.ZERO);
                case 2, 3, 4 -> Leg.between(ServiceCode.METRO, 1, entry, exit);
                default -> new Leg(ServiceCode.BUS, random.nextInt(4), RideKind.SINGLE, Optional.of(entry), Optional.empty(), Money.ofFen(random.nextInt(900)));
            };
            return new Journey(leg, kinds[random.nextInt(kinds.length)], previous, new PaidBefore(today, today));
        }

        void paid(Journey journey, Price price) {
            today.merge(journey.leg().service(), price.charge(), Money::plus);
            previous = Optional.of(new PastRide(journey.leg(), price.charge(), price.transfers()));
        }

        long sum(Map<ServiceCode, Money> paid) {
            return paid.values().stream().mapToLong(Money::fen).sum();
        }
    }

    private static String randomTable(SplittableRandom random) {
        List<String> lines = new ArrayList<>(List.of("version," + (1 + random.nextInt(9)),
                "rounding," + List.of("UP", "DOWN", "HALF_UP", "HALF_DOWN", "HALF_EVEN").get(random.nextInt(5)) + "," + List.of(1, 5, 10, 100).get(random.nextInt(4)),
                "order," + List.of("discount,concession,offpeak,rebate,transfer,round,cap", "offpeak,discount,concession,transfer,rebate,round,cap",
                        "concession,rebate,offpeak,discount,round,transfer,cap").get(random.nextInt(3)),
                "timeframe,early,daily,00:00,0" + (5 + random.nextInt(5)) + ":30", "area,east,1 2 3", "flat,BUS,1," + random.nextInt(700), "declared,BUS,*,600"));
        if (random.nextBoolean()) {
            lines.addAll(List.of("band,N,2000,200", "band,N,5000," + (200 + random.nextInt(300)), "band,N,*,900", "distance,METRO,*,N"));
            for (int station = 1; station < STATIONS; station++) {
                lines.add("link,N," + station + "," + (station + 1) + "," + (500 + random.nextInt(2_000)));
            }
        } else {
            lines.addAll(List.of("matrix,M,ORDINARY,STUDENT", "table,METRO,*,M"));
            for (int from = 1; from <= STATIONS; from++) {
                for (int to = 1; to <= STATIONS; to++) {
                    lines.add("pair,M," + from + "," + to + "," + random.nextInt(900) + "," + random.nextInt(500));
                }
            }
        }
        lines.add("incomplete,METRO,*," + (random.nextBoolean() ? "largest" : "777") + (random.nextBoolean() ? ",cap" : ",concession,cap"));
        lines.addAll(List.of("discount,BUS,*,*,300," + random.nextInt(101), "discount,BUS,*,*,*,65", "concession,SENIOR," + random.nextInt(101),
                "concession,STUDENT,33,METRO,*", "offpeak,METRO,*,early," + (random.nextBoolean() ? "entry" : "exit") + ",50,east", "rebate,METRO,500,80",
                "rebate,METRO,900,50"));
        List<String> actions = List.of("free", "fixed,33", "less,40", "more,7", "total,450", "dearer");
        for (String pair : List.of("BUS,METRO", "METRO,BUS", "BUS,BUS")) {
            lines.add("transfer," + pair + ",entry," + (random.nextBoolean() ? "entry" : "exit") + ",3600," + (1 + random.nextInt(3)) + ","
                    + actions.get(random.nextInt(actions.size())) + (random.nextBoolean() ? ",otherline" : ""));
        }
        lines.addAll(List.of("cap,day,*,*,2000", "cap,day,METRO,*,1500"));
        return String.join("\n", lines);
    }
}
