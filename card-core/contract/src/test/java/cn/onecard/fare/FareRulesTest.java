package cn.onecard.fare;

import static cn.onecard.fare.PricedTable.at;
import static cn.onecard.fare.PricedTable.charge;
import static cn.onecard.fare.PricedTable.metro;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.RideKind;
import cn.onecard.vocabulary.ServiceCode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The full fare of rides from a station to another: by pairs, zones and distance, and what an incomplete ride costs. */
class FareRulesTest {
    private static final Tariff PAIRS = Tariff.parse("""
            version,1
            station,1,Central
            matrix,M,ORDINARY,STUDENT
            zone,M,outer,10 11 12
            pair,M,1,2,490,320
            pair,M,2,1,500,320
            pair,M,1,outer,900,600
            pair,M,outer,outer,300,150,suburban
            pair,M,*,1,700,700
            table,METRO,*,M
            incomplete,METRO,*,largest
            concession,STUDENT,50
            concession,SENIOR,50
            """);
    private static final Tariff DISTANCES = Tariff.parse("""
            version,2
            band,N,6000,300
            band,N,12000,400
            band,N,*,500
            link,N,1,2,6000
            link,N,2,3,1
            link,N,3,4,5999
            link,N,4,5,1
            link,N,1,5,20000
            distance,METRO,*,N
            incomplete,METRO,*,900,concession
            concession,SENIOR,0
            """);

    @ParameterizedTest
    @CsvSource(textBlock = """
        # from, to, ordinary, student, senior
          1,    2,  490,      320,     245
          2,    1,  500,      320,     250
          1,    12, 900,      600,     450
          11,   10, 300,      150,     150
          99,   1,  700,      700,     350
        """)
    void price_pairOrZone_isItsFareForTheKind(int from, int to, long ordinary, long student, long senior) {
        assertThat(charge(PAIRS, metro(from, to), CardKind.ORDINARY)).isEqualTo(ordinary);
        assertThat(charge(PAIRS, metro(from, to), CardKind.STUDENT)).isEqualTo(student);
        assertThat(charge(PAIRS, metro(from, to), CardKind.SENIOR)).isEqualTo(senior);
        assertThat(((Price) PAIRS.price(Journey.alone(metro(from, to), CardKind.STUDENT))).fullFare()).isEqualTo(Money.ofFen(ordinary));
    }

    @Test
    void price_pairWithoutFare_saysSo() {
        assertThat(PAIRS.price(Journey.alone(metro(2, 11), CardKind.ORDINARY))).isEqualTo(new Unpriced("no fare from station 2 to station 11"));
    }

    @Test
    void price_pairWithAGroup_isOfThatGroup() {
        assertThat(PAIRS.price(Journey.alone(metro(10, 11), CardKind.ORDINARY))).isInstanceOfSatisfying(Price.class,
                price -> assertThat(price.group()).isEqualTo("suburban"));
        assertThat(PAIRS.price(Journey.alone(metro(1, 2), CardKind.ORDINARY))).isInstanceOfSatisfying(Price.class,
                price -> assertThat(price.group()).isEqualTo("METRO"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # from, to, fare
          1,    1,  300
          1,    2,  300
          1,    3,  400
          1,    4,  400
          1,    5,  500
          5,    1,  500
          3,    5,  300
        """)
    void price_distance_isTheFareOfTheShortestWay(int from, int to, long fare) {
        assertThat(charge(DISTANCES, metro(from, to), CardKind.ORDINARY)).isEqualTo(fare);
    }

    @Test
    void price_stationOfNoNetwork_saysSo() {
        assertThat(DISTANCES.price(Journey.alone(metro(1, 77), CardKind.ORDINARY))).isEqualTo(new Unpriced("no way from station 1 to station 77 in N"));
    }

    @Test
    void price_oneEndIsMissing_isTheLargestFareOrTheFixedOne() {
        Leg unknownEntry = new Leg(ServiceCode.METRO, 1, RideKind.EXIT, Optional.empty(), Optional.of(new Stop(1, at("10:00:00"))), Money.ZERO);
        Leg unknownExit = new Leg(ServiceCode.METRO, 1, RideKind.EXIT, Optional.of(new Stop(10, at("10:00:00"))), Optional.empty(), Money.ZERO);
        assertThat(charge(PAIRS, unknownEntry, CardKind.ORDINARY)).isEqualTo(700);
        assertThat(charge(PAIRS, unknownExit, CardKind.ORDINARY)).isEqualTo(300);
        assertThat(charge(PAIRS, unknownEntry, CardKind.SENIOR)).as("no step changes it").isEqualTo(700);
        assertThat(charge(DISTANCES, unknownEntry, CardKind.ORDINARY)).isEqualTo(900);
        assertThat(charge(DISTANCES, unknownEntry, CardKind.SENIOR)).as("the concession does").isZero();
    }

    @Test
    void price_oneEndIsMissingAndNoRule_saysSo() {
        Tariff without = Tariff.parse("version,1\nband,N,*,500\nlink,N,1,2,100\ndistance,METRO,*,N");
        Leg leg = new Leg(ServiceCode.METRO, 1, RideKind.EXIT, Optional.empty(), Optional.of(new Stop(1, at("10:00:00"))), Money.ZERO);
        assertThat(without.price(Journey.alone(leg, CardKind.ORDINARY)))
                .isEqualTo(new Unpriced("an end of the ride is missing, and there is no fare for incomplete rides of METRO, line 1"));
    }

    @Test
    void price_tablesByTimeframe_isOfTheFirstThatHolds() {
        Tariff tariff = Tariff.parse("""
                version,1
                timeframe,peak,workdays,07:00,09:00
                matrix,P,ORDINARY
                pair,P,1,2,500
                matrix,Q,ORDINARY
                pair,Q,1,2,300
                table,METRO,*,P,peak,entry
                table,METRO,*,Q
                """);
        assertThat(charge(tariff, metro(1, at("06:59:59"), 2, at("07:30:00")), CardKind.ORDINARY)).isEqualTo(300);
        assertThat(charge(tariff, metro(1, at("07:00:00"), 2, at("07:30:00")), CardKind.ORDINARY)).isEqualTo(500);
        assertThat(charge(tariff, metro(1, at("08:59:59"), 2, at("09:30:00")), CardKind.ORDINARY)).isEqualTo(500);
        assertThat(charge(tariff, metro(1, at("09:00:00"), 2, at("09:30:00")), CardKind.ORDINARY)).isEqualTo(300);
    }

    @Test
    void charges_exitAlone_areThoseOfTheStatedFareOrAll() {
        Leg exit = new Leg(ServiceCode.METRO, 1, RideKind.EXIT, Optional.empty(), Optional.of(new Stop(1, at("10:00:00"))), Money.ofFen(500));
        Charges charges = PAIRS.charges(exit, CardKind.STUDENT);
        assertThat(charges.prices()).extracting(Price::charge).containsExactly(Money.ofFen(320));
        Leg stranger = new Leg(ServiceCode.METRO, 1, RideKind.EXIT, Optional.empty(), exit.exit(), Money.ofFen(1));
        assertThat(PAIRS.charges(stranger, CardKind.ORDINARY).prices()).extracting(price -> price.charge().fen()).containsExactly(500L, 700L, 700L);
    }

    @Test
    void charges_entry_areNothingOrAnIncompleteRide() {
        Leg entry = new Leg(ServiceCode.METRO, 1, RideKind.ENTRY, Optional.of(new Stop(1, at("10:00:00"))), Optional.empty(), Money.ZERO);
        assertThat(DISTANCES.charges(entry, CardKind.ORDINARY).prices()).extracting(Price::charge).containsExactly(Money.ZERO);
        Leg paying = new Leg(ServiceCode.METRO, 1, RideKind.ENTRY, entry.entry(), Optional.empty(), Money.ofFen(900));
        assertThat(DISTANCES.charges(paying, CardKind.ORDINARY).prices()).extracting(Price::charge).containsExactly(Money.ofFen(900));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # ninth line                          | complaint
          pair,M,1,2,490                      | a second fare from 1 to 2 in M
          pair,M,3,outer,490                  | no such zone in M: outer
          pair,M,1,20,490                     | station 20 is in zone inner
          pair,M,1,3                          | 'pair' takes at least 4 values, not 3
          pair,M,1,3,490,600                  | no name: "600"
          pair,Q,1,3,490                      | no matrix Q before this line
          zone,M,other,20                     | a second zone for station 20 in M
          zone,M,7,30                         | no name: "7"
          zone,Q,other,30                     | no matrix Q
          matrix,M,ORDINARY                   | a second matrix M
          matrix,Q,STUDENT                    | a matrix has ORDINARY first
          table,BUS,1,Q                       | no matrix Q
          table,BUS,1,M,noon,entry            | no timeframe noon
          table,BUS,1,M,noon                  | 'table' takes 3 or 5 values, not 4
          flat,METRO,*,100                    | a second rule for METRO, all other lines
          distance,BUS,1,Q                    | the bands of Q do not end with *
          band,N,5000,100                     | the bands of N do not rise
          incomplete,BUS,1,largest            | no fare for BUS, line 1
          incomplete,METRO,*,small            | small
          incomplete,METRO,*,300,tax          | no such step: tax
          timeframe,noon,never,11:00,12:00    | no such days: never
          timeframe,noon,daily,12:00,11:00    | ends before it begins
          timeframe,noon,daily,25:00,26:00    | 25:00
          station,1,One                       | a second name for station 1
          restday,2026-02-30                  | 2026-02-30
          currency,yuan                       | yuan
        """)
    void parse_ruleDoesNotGoWithTheOthers_isRefusedByFileAndLine(String line, String complaint) {
        String before = "version,3\nstation,1,Central\nmatrix,M,ORDINARY\nzone,M,inner,20\npair,M,1,2,300\ntable,METRO,*,M\nband,N,6000,300\nlink,N,1,2,3\n";

        assertThatIllegalArgumentException().isThrownBy(() -> Tariff.parse("city.fares", before + line))
                .withMessageStartingWith("city.fares, line 9: ").withMessageContaining(complaint);
    }

    @Test
    void text_readAgain_isTheSameTable() {
        assertThat(Tariff.parse(PAIRS.text())).isEqualTo(PAIRS);
        assertThat(Tariff.parse(DISTANCES.text())).isEqualTo(DISTANCES);
        assertThat(PAIRS.findStation("Central")).hasValue(1);
        assertThat(PAIRS.findStation("Elsewhere")).isEmpty();
    }
}
