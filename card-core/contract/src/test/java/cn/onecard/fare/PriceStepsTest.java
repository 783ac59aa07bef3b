package cn.onecard.fare;

import static cn.onecard.fare.PricedTable.after;
import static cn.onecard.fare.PricedTable.at;
import static cn.onecard.fare.PricedTable.bus;
import static cn.onecard.fare.PricedTable.charge;
import static cn.onecard.fare.PricedTable.metro;
import static cn.onecard.fare.PricedTable.paid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.RideKind;
import cn.onecard.vocabulary.ServiceCode;
import java.time.LocalDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The steps from the full fare to the charge, one by one and in the order that the table says. */
class PriceStepsTest {
    private static Tariff tariff(String rules) {
        return Tariff.parse("version,1\nflat,METRO,*,500\nflat,BUS,*,200\nflat,BUS,9,1000\n" + rules);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "100,80", "300,240", "301,241", "400,315", "600,465", "700,530", "1000,725"})
    void discount_slices_eachPaysItsPercent(long stated, long charge) {
        Tariff shenzhen = Tariff.parse("""
                version,1
                declared,BUS,*,9900
                order,discount,round
                discount,BUS,*,ORDINARY,300,80
                discount,BUS,*,ORDINARY,600,75
                discount,BUS,*,ORDINARY,*,65
                """);
        Leg leg = new Leg(ServiceCode.BUS, 1, RideKind.SINGLE, Optional.empty(), Optional.empty(), Money.ofFen(stated));
        assertThat(charge(shenzhen, leg, CardKind.ORDINARY)).isEqualTo(charge);
        assertThat(charge(shenzhen, leg, CardKind.STUDENT)).as("another kind").isEqualTo(stated);
    }

    @ParameterizedTest
    @CsvSource({"BUS,9,250", "BUS,1,40", "METRO,1,150"})
    void concession_ofALine_comesBeforeThatOfAServiceAndOfAll(ServiceCode service, int line, long charge) {
        Tariff tariff = tariff("concession,STUDENT,30\nconcession,STUDENT,20,BUS,*\nconcession,STUDENT,25,BUS,9");
        Leg leg = new Leg(service, line, RideKind.SINGLE, Optional.empty(), Optional.empty(), Money.ZERO);
        assertThat(charge(tariff, leg, CardKind.STUDENT)).isEqualTo(charge);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # entry,             charge
          2026-11-25T06:59:59, 250
          2026-11-25T07:00:00, 500
          2026-11-25T00:00:00, 250
          2026-11-28T06:00:00, 500
          2026-10-10T06:00:00, 250
          2026-10-01T06:00:00, 500
          2026-11-25T22:00:00, 400
          2026-11-25T23:59:59, 400
          2026-11-29T22:30:00, 400
        """)
    void offpeak_entryAtTheEdges_isInTheTimeframeFromItsBeginningToBeforeItsEnd(LocalDateTime entry, long charge) {
        Tariff tariff = tariff("""
                restday,2026-10-01
                workday,2026-10-10
                timeframe,early,workdays,00:00,07:00
                timeframe,late,1234567,22:00,24:00
                area,east,1 2 3
                order,offpeak,round
                offpeak,METRO,*,early,entry,50,east
                offpeak,METRO,*,late,entry,80
                """);
        assertThat(charge(tariff, metro(1, entry, 7, entry.plusHours(2)), CardKind.ORDINARY)).isEqualTo(charge);
        boolean early = charge == 250;
        assertThat(charge(tariff, metro(7, entry, 1, entry.plusHours(2)), CardKind.ORDINARY)).as("outside the area").isEqualTo(early ? 500 : charge);
    }

    @ParameterizedTest
    @CsvSource({"0,500", "9999,500", "10000,400", "14999,400", "15000,250", "40000,500"})
    void rebate_paidInTheMonth_isThatOfTheHighestStepReached(long paid, long charge) {
        Tariff tariff = tariff("order,rebate,round\nrebate,METRO,10000,80\nrebate,METRO,15000,50\nrebate,METRO,40000,100");
        assertThat(charge(tariff, new Journey(metro(1, 2), CardKind.ORDINARY, Optional.empty(), paid(ServiceCode.METRO, 0, paid)))).isEqualTo(charge);
        assertThat(charge(tariff, new Journey(metro(1, 2), CardKind.ORDINARY, Optional.empty(), paid(ServiceCode.BUS, 0, paid)))).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({"07:59:59,500,0", "08:00:00,460,1", "09:30:00,460,1", "09:30:01,500,0"})
    void transfer_atTheEdgesOfItsWindow_countsToItsLastSecond(String boarding, long charge, int transfers) {
        Tariff tariff = tariff("order,transfer,round\ntransfer,BUS,METRO,entry,entry,5400,*,less,40");
        Leg ride = metro(1, at(boarding), 2, at("12:00:00"));
        PastRide past = new PastRide(bus(1, at("08:00:00")), Money.ofFen(200), 0);
        assertThat(charge(tariff, after(past, ride))).isEqualTo(charge);
        assertThat(((Price) tariff.price(after(past, ride))).transfers()).isEqualTo(transfers);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # from, to,    bus at,   metro from..to,       charge
          entry,entry, 08:00:00, 08:59:59, 10:00:00,   0
          entry,exit,  08:00:00, 08:10:00, 09:00:00,   0
          entry,exit,  08:00:00, 08:10:00, 09:00:01,   500
          exit,entry,  08:00:00, 09:00:00, 10:00:00,   0
          exit,exit,   08:00:00, 08:10:00, 09:00:01,   500
        """)
    void transfer_window_isMeasuredBetweenTheEndsItNames(String from, String to, String bus, String entry, String exit, long charge) {
        Tariff tariff = tariff("order,transfer,round\ntransfer,BUS,METRO," + from + "," + to + ",3600,*,free");
        PastRide past = new PastRide(bus(1, at(bus)), Money.ofFen(200), 0);
        assertThat(charge(tariff, after(past, metro(1, at(entry), 2, at(exit))))).isEqualTo(charge);
    }

    @ParameterizedTest
    @CsvSource({"free,0", "'fixed,70',70", "'less,40',460", "'less,900',0", "'more,40',540", "'percent,33',165", "'total,650',450", "'total,100',0", "dearer,300"})
    void transfer_eachAction_makesItsPrice(String action, long charge) {
        Tariff tariff = tariff("order,transfer,round\ntransfer,BUS,METRO,entry,entry,*,*," + action);
        assertThat(charge(tariff, after(new PastRide(bus(1, at("08:00:00")), Money.ofFen(200), 0), metro(1, 2)))).isEqualTo(charge);
    }

    @Test
    void transfer_manyInARow_endWhereTheRuleSays() {
        Tariff tariff = tariff("order,transfer,round\ntransfer,BUS,BUS,entry,entry,*,2,free");
        assertThat(((Price) tariff.price(after(new PastRide(bus(1, at("08:00:00")), Money.ZERO, 1), bus(2, at("08:10:00"))))).transfers()).isEqualTo(2);
        assertThat(charge(tariff, after(new PastRide(bus(1, at("08:00:00")), Money.ZERO, 1), bus(2, at("08:10:00"))))).isZero();
        assertThat(charge(tariff, after(new PastRide(bus(1, at("08:00:00")), Money.ZERO, 2), bus(2, at("08:10:00"))))).isEqualTo(200);
    }

    @Test
    void transfer_onTheSameLine_isNoneWhereTheRuleWantsAnother() {
        Tariff tariff = tariff("order,transfer,round\ntransfer,BUS,BUS,entry,entry,5400,*,less,40,otherline");
        PastRide past = new PastRide(bus(1, at("08:00:00")), Money.ofFen(200), 0);
        assertThat(charge(tariff, after(past, bus(1, at("08:10:00"))))).isEqualTo(200);
        assertThat(charge(tariff, after(past, bus(2, at("08:10:00"))))).isEqualTo(160);
        assertThat(Tariff.parse(tariff.text())).isEqualTo(tariff);
    }

    @Test
    void transfer_ofOneKind_isForNoOther() {
        Tariff tariff = tariff("order,transfer,round\ntransfer,BUS,METRO,entry,entry,5400,*,less,40,ORDINARY\ntransfer,BUS,METRO,entry,entry,5400,*,less,90,SENIOR");
        Optional<PastRide> past = Optional.of(new PastRide(bus(1, at("09:00:00")), Money.ofFen(200), 0));
        assertThat(charge(tariff, new Journey(metro(1, 2), CardKind.ORDINARY, past, PaidBefore.NOTHING))).isEqualTo(460);
        assertThat(charge(tariff, new Journey(metro(1, 2), CardKind.SENIOR, past, PaidBefore.NOTHING))).isEqualTo(410);
        assertThat(charge(tariff, new Journey(metro(1, 2), CardKind.STUDENT, past, PaidBefore.NOTHING))).isEqualTo(500);
        assertThat(tariff.charges(metro(1, 2), CardKind.STUDENT).prices()).extracting(price -> price.charge().fen()).containsExactly(500L);
        assertThat(tariff.kinds()).containsExactly(CardKind.ORDINARY, CardKind.SENIOR);
        assertThat(Tariff.parse(tariff.text())).isEqualTo(tariff);
    }

    @Test
    void transfer_groupOfALine_isNotThatOfItsService() {
        Tariff tariff = tariff("group,express,BUS,9\norder,transfer,round\ntransfer,express,METRO,entry,entry,*,*,free");
        assertThat(charge(tariff, after(new PastRide(bus(9, at("08:00:00")), Money.ZERO, 0), metro(1, 2)))).isZero();
        assertThat(charge(tariff, after(new PastRide(bus(8, at("08:00:00")), Money.ZERO, 0), metro(1, 2)))).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({"ORDINARY,0,0,500", "ORDINARY,1500,1500,500", "ORDINARY,1501,1501,499", "ORDINARY,2000,2000,0", "ORDINARY,9000,9000,0",
            "ORDINARY,0,29700,300", "STUDENT,900,900,100", "STUDENT,1000,1000,0"})
    void cap_paidBefore_leavesTheRest(CardKind kind, long day, long month, long charge) {
        Tariff tariff = tariff("order,round,cap\ncap,day,METRO,*,2000\ncap,month,*,*,30000\ncap,day,METRO,STUDENT,1000");
        assertThat(charge(tariff, new Journey(metro(1, 2), kind, Optional.empty(), paid(ServiceCode.METRO, day, month)))).isEqualTo(charge);
    }

    @ParameterizedTest
    @CsvSource({"'concession,transfer,round',226", "'transfer,concession,round',246", "'concession,round,transfer',226"})
    void order_saysWhichStepComesFirst(String order, long charge) {
        Tariff tariff = Tariff.parse("""
                version,1
                flat,METRO,*,531
                flat,BUS,*,200
                order,%s
                concession,STUDENT,50
                transfer,BUS,METRO,entry,entry,*,*,less,40
                """.formatted(order));
        Journey journey = new Journey(metro(1, 2), CardKind.STUDENT, Optional.of(new PastRide(bus(1, at("08:00:00")), Money.ofFen(200), 0)), PaidBefore.NOTHING);
        assertThat(charge(tariff, journey)).isEqualTo(charge);
    }

    @ParameterizedTest
    @CsvSource({"HALF_UP,1,266", "DOWN,1,265", "UP,10,270", "HALF_UP,10,270", "DOWN,10,260", "HALF_EVEN,1,266", "HALF_DOWN,1,265", "HALF_UP,100,300"})
    void rounding_modeAndUnit_areThoseOfTheTable(String mode, int unit, long charge) {
        Tariff tariff = Tariff.parse("version,1\nflat,METRO,*,531\nrounding," + mode + "," + unit + "\nconcession,STUDENT,50");
        assertThat(charge(tariff, metro(1, 2), CardKind.STUDENT)).isEqualTo(charge);
    }

    @Test
    void price_twoPercentagesInARow_keepTheFractionBetweenThem() {
        Tariff tariff = Tariff.parse("""
                version,1
                flat,METRO,*,101
                timeframe,all,daily,00:00,24:00
                order,concession,offpeak,round
                concession,STUDENT,50
                offpeak,METRO,*,all,entry,50
                """);
        Price price = (Price) tariff.price(Journey.alone(metro(1, 2), CardKind.STUDENT));
        assertThat(price.explanation()).isEqualTo("101 fen by flat,METRO,*,101; 50 1/2 fen by concession,STUDENT,50; "
                + "25 1/4 fen by offpeak,METRO,*,all,entry,50; 25 fen by rounding,HALF_UP,1");
    }

    @Test
    void charges_everythingMayHaveHappened_holdsEachPrice() {
        Tariff tariff = tariff("timeframe,early,daily,00:00,07:00\norder,offpeak,transfer,round\noffpeak,METRO,*,early,entry,50\n"
                + "transfer,BUS,METRO,entry,entry,5400,*,less,40");
        Leg exit = new Leg(ServiceCode.METRO, 1, RideKind.EXIT, Optional.empty(), Optional.of(new Stop(2, at("07:10:00"))), Money.ofFen(500));
        Charges charges = tariff.charges(exit, CardKind.ORDINARY);
        assertThat(charges.prices()).extracting(price -> price.charge().fen()).containsExactlyInAnyOrder(500L, 460L, 250L, 210L);
        assertThat(charges.find(Money.ofFen(500), Money.ofFen(210))).isPresent();
        assertThat(charges.find(Money.ofFen(500), Money.ofFen(211))).isEmpty();
        assertThat(charges.orLess()).isFalse();
    }

    @Test
    void charges_capMayHaveBeenReached_explainAnyLowerCharge() {
        Charges charges = tariff("order,round,cap\ncap,day,METRO,*,2000").charges(metro(1, 2), CardKind.ORDINARY);
        assertThat(charges.find(Money.ofFen(500), Money.ofFen(123))).isPresent();
        assertThat(charges.find(Money.ofFen(500), Money.ofFen(501))).isEmpty();
        assertThat(charges.find(Money.ofFen(400), Money.ofFen(123))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
          order,concession,cap,round            | could exceed the cap
          order,round,concession,cap            | would leave fractions
          order,concession,cap                  | no step round
          order,concession,round,round,cap      | twice
          order,concession,round                | the order has no step cap
          order,concession,transfer,round,cap   | no rules for the step transfer
        """)
    void parse_orderThatCannotHold_isRefused(String order, String complaint) {
        assertThatIllegalArgumentException().isThrownBy(() -> tariff(order + "\nconcession,STUDENT,50\ncap,day,*,*,2000"))
                .withMessageMatching("fare table, line \\d+: .*").withMessageContaining(complaint);
    }

    @Test
    void parse_stepWithoutAnOrder_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> tariff("cap,day,*,*,2000")).withMessage("fare table, line 5: the order has no step cap");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
          discount,BUS,*,*,300,80                          | the slices of BUS, all other lines do not end with *
          transfer,BUS,METRO,entry,entry,60,*,free,9       | CardKind.9
          transfer,BUS,METRO,entry,entry,60,*,less         | 'less' takes a value
          transfer,BUS,METRO,entry,middle,60,*,free        | middle
          transfer,BUS,METRO,entry,entry,60,*,steal,9      | no such transfer: steal
          offpeak,METRO,*,noon,entry,50                    | no timeframe noon
          cap,week,*,*,2000                                | week
        """)
    void parse_stepThatIsNone_isRefused(String line, String complaint) {
        String step = line.substring(0, line.indexOf(','));
        String order = step.equals("cap") ? "order,round,cap\n" : "order," + step + ",round\n";
        assertThatIllegalArgumentException().isThrownBy(() -> tariff(order + line)).withMessageStartingWith("fare table, line 6: ")
                .withMessageContaining(complaint);
    }
}
