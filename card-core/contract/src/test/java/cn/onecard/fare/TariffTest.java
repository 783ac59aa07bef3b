package cn.onecard.fare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.RideKind;
import cn.onecard.vocabulary.ServiceCode;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a ride costs by a fare table, and what is no fare table. */
class TariffTest {
    private static final Tariff TARIFF = Tariff.parse("""
            # the city's fares, third edition
            version,3

            flat,BUS,12,200        # whoever rides it
            flat , BUS , * , 150
            declared,METRO,*,2000
            flat,METRO,9,400
            concession,STUDENT,50
            concession,SENIOR,0
            """);

    @ParameterizedTest
    @CsvSource(textBlock = """
        # service, line, ride,   stated, full fare
          BUS,     12,   SINGLE, 999,    200
          BUS,     12,   EXIT,   0,      200
          BUS,     13,   SINGLE, 999,    150
          BUS,     0,    SINGLE, 0,      150
          METRO,   9,    EXIT,   700,    400
          METRO,   1,    EXIT,   700,    700
          METRO,   1,    EXIT,   2000,   2000
          METRO,   1,    EXIT,   2001,   2000
          METRO,   1,    ENTRY,  700,    0
          METRO,   9,    ENTRY,  400,    0
          BUS,     12,   ENTRY,  200,    0
        """)
    void price_lineHasARule_beginsWithTheFareOfTheRule(ServiceCode service, int line, RideKind ride, long stated, long fullFare) {
        assertThat(price(TARIFF, tap(service, line, ride, stated), CardKind.ORDINARY).fullFare()).isEqualTo(Money.ofFen(fullFare));
    }

    @ParameterizedTest
    @EnumSource(RideKind.class)
    void price_lineHasNoRule_saysSo(RideKind ride) {
        Tariff onlyOneLine = Tariff.parse("version,1\nflat,BUS,12,200");

        assertThat(onlyOneLine.price(Journey.alone(tap(ServiceCode.BUS, 13, ride, 200), CardKind.ORDINARY)))
                .isEqualTo(new Unpriced("no fare for BUS, line 13"));
        assertThat(onlyOneLine.charges(tap(ServiceCode.METRO, 12, ride, 200), CardKind.ORDINARY).prices()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ORDINARY,200,200", "STUDENT,200,100", "STUDENT,201,101", "STUDENT,1,1", "SENIOR,200,0", "MILITARY,200,200", "TEST,200,200"})
    void price_kindOfCard_paysItsPartRoundedUpFromHalfAFen(CardKind kind, long stated, long charge) {
        assertThat(price(TARIFF, tap(ServiceCode.METRO, 1, RideKind.EXIT, stated), kind).charge()).isEqualTo(Money.ofFen(charge));
    }

    @Test
    void price_severalSteps_explainsThemByTheirRules() {
        assertThat(price(TARIFF, tap(ServiceCode.METRO, 1, RideKind.EXIT, 201), CardKind.STUDENT).explanation())
                .isEqualTo("201 fen by declared,METRO,*,2000; 100 1/2 fen by concession,STUDENT,50; 101 fen by rounding,HALF_UP,1");
    }

    @Test
    void text_readAgain_isTheSameTable() {
        assertThat(Tariff.parse(TARIFF.text())).isEqualTo(TARIFF).hasSameHashCodeAs(TARIFF);
        assertThat(TARIFF.text()).startsWith("version,3\nrounding,HALF_UP,1\norder,concession,round\nflat,BUS,12,200\n");
        Tariff bare = Tariff.parse("version,1\nflat,BUS,*,100");
        assertThat(Tariff.parse(bare.text())).isEqualTo(bare).isNotEqualTo(TARIFF);
    }

    private static Leg tap(ServiceCode service, int line, RideKind ride, long stated) {
        return new Leg(service, line, ride, Optional.of(new Stop(1, LocalDate.of(2026, 11, 25).atTime(8, 0))), Optional.empty(), Money.ofFen(stated));
    }

    private static Price price(Tariff tariff, Leg leg, CardKind kind) {
        return (Price) tariff.price(Journey.alone(leg, kind));
    }

    @Test
    void version_parsed_isTheVersionOfTheText() {
        assertThat(TARIFF.version()).isEqualTo(3);
    }

    @Test
    void parse_windowsLineEnds_areTaken() {
        assertThat(Tariff.parse("version,7\r\nflat,BUS,*,100\r\n").version()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # fifth line                 | complaint
          flt,BUS,1,200              | no such rule: flt
          flat,TRAM,1,200            | TRAM
          flat,BUS,1                 | 'flat' takes 3 values, not 2
          flat,BUS,1,200,9           | 'flat' takes 3 values, not 4
          flat,BUS,-1,200            | negative: -1
          flat,BUS,1,-200            | negative: -200
          flat,BUS,1,2.00            | 2.00
          flat,BUS,1,                | ""
          flat,BUS,1,99999999999     | 99999999999
          flat,BUS,x,200             | x
          flat,BUS,5,300             | a second rule for BUS, line 5
          declared,BUS,5,300         | a second rule for BUS, line 5
          flat,BUS,*,300             | a second rule for BUS, all other lines
          declared,METRO,1           | 'declared' takes 3 values, not 2
          concession,BABY,0          | BABY
          concession,SENIOR,101      | above 100 %: 101
          concession,SENIOR,-1       | negative: -1
          concession,STUDENT,20      | a second rule for STUDENT
          concession,SENIOR          | 'concession' takes 2 or 4 values, not 1
          version,4                  | a second version
          version,0                  | must be at least 1
          version                    | 'version' takes 1 values, not 0
        """)
    void parse_lineThatIsNoRule_isRefusedByItsNumber(String line, String complaint) {
        String before = "version,3\nflat,BUS,5,100\nflat,BUS,*,50\nconcession,STUDENT,50\n";

        assertThatIllegalArgumentException().isThrownBy(() -> Tariff.parse(before + line))
                .withMessageStartingWith("fare table, line 5: ").withMessageContaining(complaint);
    }

    @Test
    void parse_noVersion_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Tariff.parse("flat,BUS,1,200")).withMessageContaining("no version");
        assertThatIllegalArgumentException().isThrownBy(() -> Tariff.parse("")).withMessageContaining("no version");
    }
}
