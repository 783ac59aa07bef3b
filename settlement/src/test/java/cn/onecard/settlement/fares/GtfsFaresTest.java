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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A small GTFS feed: what it says comes out as prices, and what a fare table cannot say is refused with file and line. */
class GtfsFaresTest {
    private static final GtfsChoice ALL = new GtfsChoice(7, Optional.empty(), Set.of(), Set.of(), Map.of("child", CardKind.STUDENT), Map.of(), Set.of());

    @TempDir
    private Path folder = Path.of(".");
    private final Map<String, String> feed = new TreeMap<>(Map.of(
            "routes.txt", "route_id,route_type,network_id\nB1,3,buses\nM1,1,metro\n",
            "areas.txt", "area_id,area_name\ncentre,Centre\nouter,Outer\n",
            "stops.txt", "stop_id,location_type,parent_station\nC,1,\nC1,0,C\nO,0,\nX,0,\n",
            "stop_areas.txt", "area_id,stop_id\ncentre,C\nouter,O\n",
            "rider_categories.txt", "rider_category_id,rider_category_name,is_default_fare_category\nadult,Adult,1\nchild,Child,0\n",
            "fare_products.txt", """
                    fare_product_id,fare_product_name,rider_category_id,fare_media_id,amount,currency
                    short,Short,adult,,2.00,EUR
                    short,Short,child,,1.10,EUR
                    long,Long,,,3.50,EUR
                    peak,Peak,,,5.00,EUR
                    ride,Bus,,,1.80,EUR
                    change,Change,,,0.40,EUR
                    """,
            "calendar.txt", "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nwd,1,1,1,1,1,0,0,20260101,20261231\n",
            "timeframes.txt", "timeframe_group_id,start_time,end_time,service_id\npeak,7:00:00,09:00:00,wd\n",
            "fare_leg_rules.txt", """
                    leg_group_id,network_id,from_area_id,to_area_id,from_timeframe_group_id,fare_product_id,rule_priority
                    rail,metro,centre,centre,,short,1
                    rail,metro,,,,long,
                    rail,metro,centre,outer,peak,peak,1
                    bus,buses,,,,ride,
                    """,
            "fare_transfer_rules.txt", """
                    from_leg_group_id,to_leg_group_id,transfer_count,duration_limit,duration_limit_type,fare_transfer_type,fare_product_id
                    bus,rail,,3600,1,1,change
                    rail,bus,,1800,2,0,
                    """));

    private Imported read(GtfsChoice choice) throws IOException {
        for (Map.Entry<String, String> file : feed.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        return GtfsFares.read(folder, choice, Optional.empty());
    }

    private static Leg metro(Tariff tariff, String from, String to, LocalDateTime at) {
        int stranger = 999;
        return Leg.between(ServiceCode.METRO, tariff.findLine(ServiceCode.METRO, "M1").orElseThrow(),
                new Stop(tariff.findStation(from).orElse(stranger), at), new Stop(tariff.findStation(to).orElse(stranger), at.plusMinutes(20)));
    }

    private static long charge(Tariff tariff, Leg leg, CardKind kind, Optional<PastRide> before) {
        return ((Price) tariff.price(new Journey(leg, kind, before, PaidBefore.NOTHING))).charge().fen();
    }

    @Test
    void read_feed_pricesAreThoseOfItsProducts() throws IOException {
        Tariff tariff = read(ALL).tariff();
        LocalDateTime noon = RealFares.NOON;
        assertThat(tariff.currency()).isEqualTo("EUR");
        assertThat(tariff.version()).isEqualTo(7);
        assertThat(charge(tariff, metro(tariff, "C", "C1", noon), CardKind.ORDINARY, Optional.empty())).as("a stop is in its station's areas").isEqualTo(200);
        assertThat(charge(tariff, metro(tariff, "C", "C1", noon), CardKind.STUDENT, Optional.empty())).isEqualTo(110);
        assertThat(charge(tariff, metro(tariff, "C", "O", noon), CardKind.STUDENT, Optional.empty())).isEqualTo(350);
        assertThat(charge(tariff, metro(tariff, "X", "X", noon), CardKind.ORDINARY, Optional.empty())).as("in no area").isEqualTo(350);
        assertThat(Tariff.parse(tariff.text())).isEqualTo(tariff);
    }

    @ParameterizedTest
    @CsvSource({"2026-11-25T06:59:59,350", "2026-11-25T07:00:00,500", "2026-11-25T08:59:59,500", "2026-11-25T09:00:00,350", "2026-11-28T08:00:00,350"})
    void read_timeframe_isKeptToTheSecond(LocalDateTime at, long charge) throws IOException {
        Tariff tariff = read(ALL).tariff();
        assertThat(charge(tariff, metro(tariff, "C", "O", at), CardKind.ORDINARY, Optional.empty())).isEqualTo(charge);
    }

    @Test
    void read_transfers_costWhatTheirTypeSays() throws IOException {
        Tariff tariff = read(ALL).tariff();
        int line = tariff.findLine(ServiceCode.BUS, "B1").orElseThrow();
        Leg bus = Leg.between(ServiceCode.BUS, line, new Stop(1, RealFares.NOON), new Stop(2, RealFares.NOON.plusMinutes(10)));
        Leg soon = metro(tariff, "C", "C", RealFares.NOON.plusSeconds(3600));
        Leg late = metro(tariff, "C", "C", RealFares.NOON.plusSeconds(3601));
        PastRide past = new PastRide(bus, Money.ofFen(180), 0);
        assertThat(charge(tariff, soon, CardKind.ORDINARY, Optional.of(past))).as("A + AB + B").isEqualTo(240);
        assertThat(charge(tariff, late, CardKind.ORDINARY, Optional.of(past))).isEqualTo(200);
        LocalDateTime out = late.exit().orElseThrow().at();
        Leg back = Leg.between(ServiceCode.BUS, line, new Stop(1, out.plusSeconds(1800)), new Stop(2, out.plusSeconds(9999)));
        assertThat(charge(tariff, back, CardKind.ORDINARY, Optional.of(new PastRide(late, Money.ofFen(200), 0)))).as("A + AB").isZero();
    }

    @Test
    void read_withoutPriorities_emptyAreaIsAllThatAreNotNamed() throws IOException {
        feed.put("fare_leg_rules.txt", "leg_group_id,network_id,from_area_id,to_area_id,fare_product_id\nrail,metro,centre,centre,short\nrail,metro,,,long\nbus,buses,,,ride\n");
        feed.put("fare_transfer_rules.txt", "from_leg_group_id,to_leg_group_id,fare_transfer_type\n");
        Tariff tariff = read(new GtfsChoice(7, Optional.empty(), Set.of(), Set.of("peak", "change"), Map.of("child", CardKind.STUDENT), Map.of(), Set.of())).tariff();
        assertThat(charge(tariff, metro(tariff, "C", "C1", RealFares.NOON), CardKind.ORDINARY, Optional.empty())).isEqualTo(200);
        assertThat(charge(tariff, metro(tariff, "X", "O", RealFares.NOON), CardKind.ORDINARY, Optional.empty())).isEqualTo(350);
        assertThat(tariff.price(Journey.alone(metro(tariff, "C", "O", RealFares.NOON), CardKind.ORDINARY))).isInstanceOf(Unpriced.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
          fare_products.txt       | long,Long,,,3.50,EUR         | long,Long,,,3.505,EUR            | fare_products.txt, line 4: amount has more than two decimals
          fare_products.txt       | long,Long,,,3.50,EUR         | long,Long,,,3.50,USD             | fare_products.txt, line 4: a second currency: USD
          fare_products.txt       | long,Long,,,3.50,EUR         | short,Long,adult,card,3.50,EUR   | fare_products.txt, line 4: a second price of short for ORDINARY
          fare_products.txt       | long,Long,,,3.50,EUR         | long,Long,guest,,3.50,EUR        | fare_products.txt, line 4: rider category guest is no kind of card
          fare_products.txt       | change,Change,,,0.40,EUR     | pass,Pass,,,40,EUR               | fare_products.txt, line 7: no leg and no transfer costs pass
          fare_leg_rules.txt      | rail,metro,,,,long,          | rail,metro,,nowhere,,long,       | fare_leg_rules.txt, line 3: no area nowhere
          fare_leg_rules.txt      | rail,metro,,,,long,          | rail,trams,,,,long,              | fare_leg_rules.txt, line 3: no route is of network trams
          fare_leg_rules.txt      | rail,metro,,,,long,          | rail,metro,,,,gold,              | fare_leg_rules.txt, line 3: no fare product gold
          fare_leg_rules.txt      | rail,metro,,,,long,          | rail,metro,,,night,long,         | fare_leg_rules.txt, line 3: no timeframe night
          fare_leg_rules.txt      | rule_priority                | exit_only                        | fare_leg_rules.txt, line 2: nobody understands column exit_only (1)
          fare_leg_rules.txt      | rail,metro,centre,centre,,short,1 | rail,metro,outer,,,short, | fare_leg_rules.txt, line 3: the same ride also costs 200 by fare_leg_rules.txt, line 2
          fare_transfer_rules.txt | bus,rail,,3600,1,1,change    | bus,rail,,3600,4,1,change        | fare_transfer_rules.txt, line 2: no such duration_limit_type: 4
          fare_transfer_rules.txt | bus,rail,,3600,1,1,change    | bus,rail,,3600,1,9,change        | fare_transfer_rules.txt, line 2: no such fare_transfer_type: 9
          fare_transfer_rules.txt | rail,bus,,1800,2,0,          | bus,rail,,1800,2,0,              | fare_transfer_rules.txt, line 3: a second transfer from bus to rail
          fare_transfer_rules.txt | rail,bus,,1800,2,0,          | rail,rail,1,1800,2,0,            | fare_transfer_rules.txt, line 3: a number of transfers within rail
          routes.txt              | B1,3,buses                   | B1,4,buses                       | routes.txt, line 2: route type 4 of network buses is neither
          routes.txt              | M1,1,metro                   | M1,1,buses                       | routes.txt, line 3: network buses is a bus and a metro at once
          stop_areas.txt          | outer,O                      | suburb,O                         | stop_areas.txt, line 3: no area suburb
          stop_areas.txt          | outer,O                      | outer,Q                          | stop_areas.txt: there is no stop Q
          timeframes.txt          | peak,7:00:00,09:00:00,wd     | peak,7:00,09:00:00,wd            | timeframes.txt, line 2: start_time is no time
          timeframes.txt          | peak,7:00:00,09:00:00,wd     | peak,7:00:00,09:00:00,we         | timeframes.txt, line 2: service we is not in calendar.txt
        """)
    void read_whatAFareTableCannotSay_isRefusedByFileAndLine(String file, String good, String bad, String complaint) {
        feed.computeIfPresent(file, (name, text) -> text.replace(good, bad));
        if (file.equals("stop_areas.txt") || bad.contains("pass,") || bad.contains("trams")) {
            feed.computeIfPresent("fare_transfer_rules.txt", (name, text) -> text.replace("bus,rail,,3600,1,1,change", "bus,rail,,3600,1,1,long"));
        }
        assertThatThrownBy(() -> read(ALL)).isInstanceOf(ImportRefused.class).hasMessageStartingWith(complaint);
    }

    @Test
    void read_joinedLegs_areRefused() {
        feed.put("fare_leg_join_rules.txt", "from_network_id,to_network_id\nmetro,metro\n");
        assertThatThrownBy(() -> read(ALL)).isInstanceOf(ImportRefused.class).hasMessageStartingWith("fare_leg_join_rules.txt, line 2: legs that are joined");
    }

    @Test
    void read_leftOutOnPurpose_isTold() throws IOException {
        Imported imported = read(new GtfsChoice(1, Optional.empty(), Set.of("buses"), Set.of("peak"), Map.of("child", CardKind.STUDENT), Map.of(), Set.of()));
        assertThat(imported.notes()).contains("1 routes of other networks left out", "1 prices of other media and products left out",
                "3 leg rules of other networks left out", "2 transfer rules from or to other leg groups left out");
    }
}
