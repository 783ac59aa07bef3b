package cn.onecard.engine.rail.medical;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.key.SigningKey;
import cn.onecard.engine.partner.PartnerFault;
import cn.onecard.engine.partner.medical.InsurancePlatform;
import cn.onecard.engine.partner.medical.PlatformServer;
import cn.onecard.engine.rail.nhsa.InfNo;
import cn.onecard.engine.rail.nhsa.Input;
import cn.onecard.engine.rail.nhsa.Institution;
import cn.onecard.engine.rail.nhsa.LinkSignature;
import cn.onecard.engine.rail.nhsa.MessageId;
import cn.onecard.engine.rail.nhsa.Output;
import cn.onecard.engine.rail.nhsa.Split;
import cn.onecard.vocabulary.Money;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A visit to the doctor, from the person to the reconciliation, over a link that does wrong at every message in every way. */
class HttpInsuranceTest {
    private static final Instant NOW = Instant.parse("2026-11-25T04:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 25);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Institution CLINIC = new Institution("H31010100001", "第一社区医院", "310101", "counter-3");
    private static final SigningKey OURS = SigningKey.generate(SigningKey.Scheme.SM2, new SecureRandom());
    private static final SigningKey THEIRS = SigningKey.generate(SigningKey.Scheme.SM2, new SecureRandom());
    private static final LinkSignature INSTITUTION = new LinkSignature(OURS, THEIRS.check());
    private static final LinkSignature PLATFORM = new LinkSignature(THEIRS, OURS.check());
    private static final List<Input.FeeLine> FEES =
            List.of(new Input.FeeLine("1", "XA001", "09", Money.ofFen(8_001)), new Input.FeeLine("2", "XA002", "03", Money.ofFen(1_999)));

    private final InsurancePlatform platform = new InsurancePlatform();
    private PlatformServer server = start();
    private HttpInsurance insurance = connect(server.address(), LONG, INSTITUTION);
    private HttpInsurance hurried = connect(server.address(), SHORT, INSTITUTION);
    private InfNo wrongAt = InfNo.PERSON;
    private PartnerFault fault = PartnerFault.NONE;
    private int sequence;

    @BeforeEach
    void begin() {
        platform.addPerson("310101199001010010", "P1", "王", Money.ofFen(1_000));
    }

    @AfterEach
    void end() {
        insurance.close();
        hurried.close();
        server.close();
    }

    private PlatformServer start() {
        try {
            return new PlatformServer(platform, Optional.of(PLATFORM), new PlatformServer.Manners(
                    message -> message.input().infNo() == wrongAt ? fault : PartnerFault.NONE, LONG), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpInsurance connect(URI address, Duration deadline, LinkSignature signature) {
        LinkSettings settings = new LinkSettings(address, CLINIC, Optional.of(signature), deadline, Set.of(InsurancePlatform.REFUSAL));
        return new HttpInsurance(settings, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private MessageId next() {
        return MessageId.of(CLINIC.code(), NOW, ++sequence);
    }

    private <A extends Output> A done(Input<A> input) throws InterruptedException {
        Reply<A> reply = insurance.ask(next(), input);
        assertThat(reply).isInstanceOf(Reply.Done.class);
        return ((Reply.Done<A>) reply).output();
    }

    private Input.Claim visitTheDoctor() throws InterruptedException {
        Output.Person person = done(new Input.FindPerson("02", "310101199001010010"));
        Input.Visit visit = new Input.Visit(person.personNo(), done(new Input.Register(person.personNo(), "310", "R1", DAY)).visit());
        done(new Input.Diagnose(visit, List.of("J06.900")));
        done(new Input.UploadFees(visit, "B1", FEES));
        return new Input.Claim(visit, "B1", "310", Money.ofFen(10_000), true);
    }

    @Test
    void ask_wholeVisit_settlesAndReconciles() throws InterruptedException {
        Input.Claim claim = visitTheDoctor();
        Split split = new Split(Money.ofFen(7_000), Money.ofFen(1_000), Money.ZERO, Money.ofFen(2_000), Money.ZERO);
        assertThat(done(new Input.Quote(claim)).split()).isEqualTo(split);

        Output.Bill bill = done(new Input.Settle(claim, "INV1"));

        assertThat(bill.split()).isEqualTo(split);
        assertThat(done(new Input.FindSettlement(claim.visit(), "B1")).bill()).hasValue(bill);
        assertThat(done(new Input.Reconcile(DAY, 1, split.total(), split.fund(), split.personalAccount())).equal()).isTrue();
        assertThat(done(new Input.Reconcile(DAY, 2, split.total(), split.fund(), split.personalAccount())).equal()).isFalse();
        assertThat(done(new Input.ReconcileDetail(DAY)).bills()).containsExactly(bill);
        done(new Input.Revoke(claim.visit(), bill.settlement().orElseThrow()));
        assertThat(done(new Input.FindSettlement(claim.visit(), "B1")).bill()).isEmpty();
        assertThat(done(new Input.FindPerson("02", "310101199001010010")).insurances().getFirst().balance()).isEqualTo(Money.ofFen(1_000));
        done(new Input.DeleteFees(claim.visit(), "0000"));
        done(new Input.CancelRegistration(claim.visit(), "R1"));
    }

    @Test
    void ask_whatThePlatformRefuses_isRefused() throws InterruptedException {
        Input.Claim claim = visitTheDoctor();
        Input.Claim other = new Input.Claim(claim.visit(), "B1", "310", Money.ofFen(9_999), true);

        assertThat(insurance.ask(next(), new Input.Settle(other, "INV1"))).isEqualTo(new Reply.Refused<>("-1"));
        assertThat(insurance.ask(next(), new Input.Revoke(claim.visit(), "S77"))).isEqualTo(new Reply.Refused<>("-1"));
        assertThat(platform.settlements()).isEmpty();
    }

    static Stream<Arguments> wrongs() {
        EnumSet<PartnerFault> faults = EnumSet.complementOf(EnumSet.of(PartnerFault.NONE, PartnerFault.FORGET_KEYS));
        return faults.stream().flatMap(fault -> Stream.of(InfNo.values()).map(at -> Arguments.of(fault, at)));
    }

    @ParameterizedTest
    @MethodSource("wrongs")
    void ask_linkDoesWrong_isUnclear(PartnerFault how, InfNo at) throws InterruptedException {
        Input.Claim claim = visitTheDoctor();
        fault = how;
        wrongAt = at;

        HttpInsurance asked = how == PartnerFault.SLOW ? hurried : insurance;
        assertThat(asked.ask(next(), inputOf(at, claim))).isInstanceOf(Reply.Unclear.class);
    }

    private static Input<?> inputOf(InfNo at, Input.Claim claim) {
        return switch (at) {
            case PERSON -> new Input.FindPerson("02", "310101199001010010");
            case REGISTER -> new Input.Register("P1", "310", "R2", DAY);
            case CANCEL_REGISTRATION -> new Input.CancelRegistration(claim.visit(), "R1");
            case VISIT -> new Input.Diagnose(claim.visit(), List.of("J06.900"));
            case FEES -> new Input.UploadFees(claim.visit(), "B2", List.of(new Input.FeeLine("3", "XA003", "09", Money.ofFen(1))));
            case DELETE_FEES -> new Input.DeleteFees(claim.visit(), "B1");
            case QUOTE -> new Input.Quote(claim);
            case SETTLE -> new Input.Settle(claim, "INV1");
            case REVOKE -> new Input.Revoke(claim.visit(), "S1");
            case REVERSE -> new Input.Reverse("P1", MessageId.of(CLINIC.code(), NOW, 9_000).value(), InfNo.SETTLE);
            case FIND_SETTLEMENT -> new Input.FindSettlement(claim.visit(), "B1");
            case RECONCILE -> new Input.Reconcile(DAY, 0, Money.ZERO, Money.ZERO, Money.ZERO);
            case RECONCILE_DETAIL -> new Input.ReconcileDetail(DAY);
        };
    }

    @ParameterizedTest
    @MethodSource("wrongs")
    void reverse_settlementInDoubt_neverStands(PartnerFault how, InfNo at) throws InterruptedException {
        if (at != InfNo.SETTLE) {
            return;
        }
        Input.Claim claim = visitTheDoctor();
        fault = how;
        wrongAt = at;
        MessageId settling = next();
        assertThat((how == PartnerFault.SLOW ? hurried : insurance).ask(settling, new Input.Settle(claim, "INV1"))).isInstanceOf(Reply.Unclear.class);
        fault = PartnerFault.NONE;

        done(new Input.Reverse("P1", settling.value(), InfNo.SETTLE));

        assertThat(platform.settlements()).isEmpty();
        assertThat(insurance.ask(settling, new Input.Settle(claim, "INV1"))).isNotInstanceOf(Reply.Unclear.class);
        assertThat(platform.settlements()).isEmpty();
        assertThat(done(new Input.FindPerson("02", "310101199001010010")).insurances().getFirst().balance()).isEqualTo(Money.ofFen(1_000));
    }

    @Test
    void ask_nobodyListens_isNotSent() throws InterruptedException {
        server.close();

        assertThat(insurance.ask(next(), new Input.FindPerson("02", "1"))).isInstanceOf(Reply.NotSent.class);
    }

    @Test
    void ask_signedByAnotherKey_isUnclearAndNotActedOn() throws InterruptedException {
        SigningKey stranger = SigningKey.generate(SigningKey.Scheme.SM2, new SecureRandom());
        try (HttpInsurance forged = connect(server.address(), LONG, new LinkSignature(stranger, THEIRS.check()))) {
            assertThat(forged.ask(next(), new Input.Register("P1", "310", "R9", DAY))).isInstanceOf(Reply.Unclear.class);
        }
        assertThat(visitTheDoctor().visit().visit()).isEqualTo("M1");
    }
}
