package cn.onecard.engine.admit;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.card.CardMaster;
import cn.onecard.engine.card.CardState;
import cn.onecard.engine.card.KeyProfile;
import cn.onecard.engine.card.Masters;
import cn.onecard.engine.card.PsamMaster;
import cn.onecard.engine.key.CardKeys;
import cn.onecard.engine.key.KeyId;
import cn.onecard.engine.key.KeySchemes;
import cn.onecard.engine.key.KeyUsage;
import cn.onecard.engine.rate.FareAudit;
import cn.onecard.engine.receive.ReceivedTap;
import cn.onecard.engine.testing.City;
import cn.onecard.engine.verify.CredibleTap;
import cn.onecard.engine.verify.TapVerifier;
import cn.onecard.fare.Tariff;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.PartyId;
import cn.onecard.vocabulary.Refusal;
import cn.onecard.vocabulary.ServiceCode;
import cn.onecard.wire.TapCodec;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Every refusal, and which one wins: faults are added one by one, from the last constant of {@link Refusal} to the first, and
 *  at each step the newest fault must be the answer. */
class AdmittanceTest {
    private static final TapVerifier VERIFIER = new TapVerifier(new CardKeys(
            City.KEYS.withRetired(List.of(new KeyId(KeyUsage.TAC, 2, Algorithm.TDES)), LocalDate.of(2020, 1, 1)), KeySchemes.standard()));
    private static final Admittance ADMITTANCE = new Admittance(Limits.STANDARD);
    private static final Tariff TARIFF = Tariff.parse("version,3\nflat,BUS,12,200\ndeclared,BUS,13,20000\nflat,METRO,*,400\nconcession,SENIOR,0\n");

    /** A tap and the register around it, both open to faults. */
    private static final class Scene {
        private final City.Draft tap = City.busRide(1);
        private String gateway = City.GATEWAY;
        private boolean psamKnown = true;
        private boolean cardKnown = true;
        private CardKind kind = CardKind.ORDINARY;
        private CardState state = CardState.ACTIVE;
        private LocalDate validTo = LocalDate.of(2027, 12, 31);
        private int cardClass = 1;
        private long issuer = City.ISSUER;
        private int psamParty = 1;

        private String verdict() {
            KeyProfile profile = new KeyProfile("t-union", Algorithm.TDES, City.ISSUER, City.CITY_CODE);
            CardMaster card = new CardMaster(City.ORDINARY, cardClass, kind, profile, state, City.DAY.day().atStartOfDay(),
                    LocalDate.of(1900, 1, 1), validTo);
            PsamMaster psam = new PsamMaster(City.BUS, City.GATEWAY, new PartyId(psamParty), ServiceCode.BUS,
                    LocalDate.of(1900, 1, 1), LocalDate.of(2199, 1, 1));
            Masters masters = new Masters(cardKnown ? Optional.of(card) : Optional.empty(),
                    psamKnown ? Optional.of(psam) : Optional.empty(), Optional.of(TARIFF).filter(known -> tap.tariff == City.TARIFF));
            tap.issuer = issuer;
            ReceivedTap received = ReceivedTap.of(gateway, Instant.EPOCH, TapCodec.toProto(tap.frame()));
            if (received instanceof ReceivedTap.Framed framed
                    && VERIFIER.verify(framed, masters.card()) instanceof CredibleTap credible) {
                Admission admission = ADMITTANCE.decide(FareAudit.rate(credible, masters), masters, City.DAY);
                return admission instanceof Suspect suspect ? suspect.reason().name() : "ADMITTED";
            }
            return "NOT CREDIBLE";
        }
    }

    private static Map<Refusal, Consumer<Scene>> faults() {
        Map<Refusal, Consumer<Scene>> faults = new LinkedHashMap<>();
        faults.put(Refusal.BALANCE_TOO_LOW, scene -> scene.tap.balance = 199);
        faults.put(Refusal.AMOUNT_ABOVE_LIMIT, scene -> scene.tap.charged(9_901).stating(9_901).line = 13);
        faults.put(Refusal.FARE_TOO_HIGH, scene -> scene.tap.stating(20_001));
        faults.put(Refusal.TARIFF_UNKNOWN, scene -> scene.tap.tariff = 4);
        faults.put(Refusal.RIDE_IMPLAUSIBLE, scene -> scene.tap.ride = 2);
        faults.put(Refusal.CARD_NOT_ACTIVATED, scene -> scene.state = CardState.ISSUED);
        faults.put(Refusal.TEST_CARD, scene -> {
            scene.kind = CardKind.TEST;
            scene.tap.kind = 4;
        });
        faults.put(Refusal.CLASS_MISMATCH, scene -> scene.cardClass = 2);
        faults.put(Refusal.ISSUER_MISMATCH, scene -> scene.issuer = City.ISSUER + 1);
        faults.put(Refusal.CARD_EXPIRED, scene -> scene.validTo = LocalDate.of(2020, 1, 1));
        faults.put(Refusal.CARD_REPORTED_LOST, scene -> scene.state = CardState.LOST);
        faults.put(Refusal.CARD_CLOSED, scene -> scene.state = CardState.CLOSED);
        faults.put(Refusal.CARD_UNKNOWN, scene -> {
            scene.cardKnown = false;
            scene.issuer = City.ISSUER;         // the key of an unknown card is made of what the frame says
        });
        faults.put(Refusal.PSAM_NOT_BOUND, scene -> scene.psamParty = 2);
        faults.put(Refusal.PSAM_NOT_OF_CALLER, scene -> scene.gateway = "stranger");
        faults.put(Refusal.PSAM_UNKNOWN, scene -> scene.psamKnown = false);
        faults.put(Refusal.EVENT_IN_FUTURE, scene -> scene.tap.on(LocalDate.of(2026, 11, 26).atStartOfDay()));
        faults.put(Refusal.EVENT_TOO_OLD, scene -> scene.tap.on(LocalDate.of(2026, 8, 25).atTime(23, 59, 59)));
        faults.put(Refusal.TIME_UNREADABLE, scene -> scene.tap.time = new EventTime(0x2026_1124_2400_00L));
        faults.put(Refusal.KEY_VERSION_RETIRED, scene -> scene.tap.keyVersion = 2);
        faults.put(Refusal.GREY, scene -> scene.tap.noTac = true);
        faults.put(Refusal.KEY_VERSION_UNKNOWN, scene -> scene.tap.keyVersion = 3);
        return faults;
    }

    @Test
    void decide_severalRefusalsApply_answersTheFirst() {
        Scene scene = new Scene();
        assertThat(scene.verdict()).isEqualTo("ADMITTED");
        List<Refusal> order = new ArrayList<>();
        faults().forEach((refusal, fault) -> {
            fault.accept(scene);
            assertThat(scene.verdict()).isEqualTo(refusal.name());
            order.add(refusal);
        });
        // AMOUNT_ZERO excludes AMOUNT_ABOVE_LIMIT, TAC_WRONG and MALFORMED never come here, KEY_CONFLICT is found at posting.
        assertThat(order.reversed()).isSorted().hasSize(Refusal.values().length - 4);
    }

    @Test
    void decide_eachFaultAlone_isItsOwnRefusal() {
        faults().forEach((refusal, fault) -> {
            Scene scene = new Scene();
            fault.accept(scene);
            assertThat(scene.verdict()).isEqualTo(refusal.name());
        });
    }

    @Test
    void decide_zeroAmount_dependsOnTheTransactionType() {
        Scene plain = new Scene();
        plain.tap.charged(0);
        assertThat(plain.verdict()).isEqualTo("AMOUNT_ZERO");
        Scene composite = new Scene();
        composite.tap.charged(0).type = 9;
        assertThat(composite.verdict()).isEqualTo("ADMITTED");
    }

    @Test
    void decide_eventAtTheEdgesOfFreshness_isAdmitted() {
        for (LocalDate day : List.of(City.DAY.day().plusDays(1), City.DAY.day().minusDays(90))) {
            Scene scene = new Scene();
            scene.tap.on(day.atTime(12, 0));
            assertThat(scene.verdict()).isEqualTo("ADMITTED");
        }
    }

    @Test
    void decide_cardLostAfterTheTap_isAdmitted() {
        Scene scene = new Scene();
        scene.state = CardState.LOST;
        scene.tap.on(City.DAY.day().minusDays(1).atTime(23, 59, 59));
        assertThat(scene.verdict()).isEqualTo("ADMITTED");
        scene.tap.on(City.DAY.day().atStartOfDay());
        assertThat(scene.verdict()).isEqualTo("CARD_REPORTED_LOST");
    }
}
