package cn.onecard.engine.rate;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.card.Masters;
import cn.onecard.engine.key.CardKeys;
import cn.onecard.engine.key.KeySchemes;
import cn.onecard.engine.receive.ReceivedTap;
import cn.onecard.engine.testing.City;
import cn.onecard.engine.verify.CredibleTap;
import cn.onecard.engine.verify.TapVerifier;
import cn.onecard.fare.Tariff;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.wire.TapCodec;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the audit says of a charge, where a tap tells one end of its ride and nothing of what the card did before. */
class FareAuditTest {
    private static final TapVerifier VERIFIER = new TapVerifier(new CardKeys(City.KEYS, KeySchemes.standard()));
    /** City's taps are at station 8. */
    private static final String METRO = """
            version,3
            matrix,M,ORDINARY,STUDENT
            pair,M,1,8,300,150
            pair,M,2,8,500,250
            pair,M,8,2,900,450
            table,METRO,*,M
            incomplete,METRO,*,largest
            flat,BUS,*,200
            timeframe,early,daily,00:00,07:00
            """;
    private static final String STEPS = """
            order,offpeak,transfer,round
            offpeak,METRO,*,early,entry,50
            transfer,BUS,METRO,entry,entry,5400,*,less,40
            """;

    private static FareVerdict verdict(String tariff, City.Draft tap) {
        ReceivedTap received = ReceivedTap.of(City.GATEWAY, Instant.EPOCH, TapCodec.toProto(tap.frame()));
        Masters masters = new Masters(Optional.empty(), Optional.empty(), Optional.of(Tariff.parse(tariff)));
        if (received instanceof ReceivedTap.Framed framed && VERIFIER.verify(framed, Optional.empty()) instanceof CredibleTap credible) {
            return FareAudit.rate(credible, masters).verdict();
        }
        throw new AssertionError("not credible");
    }

    private static City.Draft exit(long stated, long charged, int kind) {
        City.Draft tap = City.metroExit(1).stating(stated).charged(charged);
        tap.kind = kind;
        return tap;
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # stated, charged, kind, verdict
          300,    300,     1,    RIGHT
          500,    500,     1,    RIGHT
          500,    250,     2,    RIGHT
          300,    150,     2,    RIGHT
          300,    299,     1,    BELOW_TABLE
          300,    301,     1,    TOO_HIGH
          300,    300,     2,    TOO_HIGH
          400,    400,     1,    BELOW_TABLE
          900,    900,     1,    TOO_HIGH
        """)
    void rate_exitOfAPair_isRightForAFareToThatStation(long stated, long charged, int kind, FareVerdict verdict) {
        assertThat(verdict(METRO, exit(stated, charged, kind))).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"500,RIGHT", "460,RIGHT", "250,RIGHT", "210,RIGHT", "499,BELOW_TABLE", "209,BELOW_TABLE", "501,TOO_HIGH"})
    void rate_stepsThatMayHaveApplied_explainTheirChargesAndNoOthers(long charged, FareVerdict verdict) {
        City.Draft tap = exit(500, charged, 1);
        tap.time = EventTime.of(LocalDateTime.of(2026, 11, 24, 7, 30));
        assertThat(verdict(METRO + STEPS, tap)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"500,RIGHT", "1,RIGHT", "0,RIGHT", "501,TOO_HIGH"})
    void rate_capThatMayHaveBeenReached_explainsAnyLowerCharge(long charged, FareVerdict verdict) {
        assertThat(verdict(METRO + "order,round,cap\ncap,day,METRO,*,1500", exit(500, charged, 1))).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"0,0,RIGHT", "900,900,RIGHT", "400,400,BELOW_TABLE", "900,901,TOO_HIGH"})
    void rate_entry_paysNothingOrARideThatWasNeverEnded(long stated, long charged, FareVerdict verdict) {
        City.Draft tap = exit(stated, charged, 1);
        tap.ride = 2;
        assertThat(verdict(METRO, tap)).isEqualTo(verdict);
    }

    @Test
    void rate_lineWithoutFare_isUnknown() {
        City.Draft tap = exit(300, 300, 1);
        tap.service = 9;
        assertThat(verdict(METRO, tap)).isEqualTo(FareVerdict.TARIFF_UNKNOWN);
        assertThat(verdict("version,3\nflat,BUS,*,200", exit(300, 300, 1))).isEqualTo(FareVerdict.TARIFF_UNKNOWN);
    }
}
