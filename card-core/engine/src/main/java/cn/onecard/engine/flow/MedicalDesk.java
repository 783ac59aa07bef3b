package cn.onecard.engine.flow;

import cn.onecard.engine.medical.MedicalSettlement;
import cn.onecard.engine.medical.MedicalState;
import cn.onecard.engine.medical.MedicalTable;
import cn.onecard.engine.medical.PatientItems;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.OpenOrders;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.PaymentRefusal;
import cn.onecard.engine.rail.medical.Insurance;
import cn.onecard.engine.rail.medical.Reply;
import cn.onecard.engine.rail.nhsa.InfNo;
import cn.onecard.engine.rail.nhsa.Input;
import cn.onecard.engine.rail.nhsa.MessageId;
import cn.onecard.engine.rail.nhsa.Output;
import cn.onecard.engine.rail.nhsa.Split;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pays doctors' bills that the health insurance shares (医保移动支付): quote, hold, settle, pay.
 *
 *  <p><b>Money first.</b> The card's part is held before the insurance is asked to settle, and paid only when it has.
 *
 *  <p><b>The unknown.</b> A settlement without a clear answer is never asked for again. It is looked for (5203): if it is there, the
 *  card pays; if not, the message is reversed (2601), so that it cannot be settled later, and the card's part is freed. Where that is
 *  unclear too the card's part stays held, and the statement of the day (3202) decides.
 *
 *  <p><b>Who acts.</b> Each step is written before its message leaves, by {@link MedicalTable#move}, which lets one caller pass. What
 *  somebody else was doing and has not finished is taken up by {@link #resume}. */
public final class MedicalDesk {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final Logger LOG = LoggerFactory.getLogger(MedicalDesk.class);

    private final Clinic clinic;
    private final Insurance insurance;
    private final MedicalTable settlements;
    private final CardLegs legs;
    private final Clock clock;

    /** Whose desk it is.
     *
     *  @param party whom the card pays
     *  @param institution its code at the insurance
     *  @param patience after which what somebody was doing is taken up by others; longer than the insurance's deadline
     *  @param serviceCode of the orders
     *  @param isAccountContracted whether the card's medical account pays the part of the personal account */
    public record Clinic(PartyId party, String institution, Duration patience, int serviceCode, boolean isAccountContracted) {}

    /** Where money is and who moves it. */
    public record Funds(PaymentCorridor corridor, OpenOrders orders) {}

    public MedicalDesk(Clinic clinic, Insurance insurance, MedicalTable settlements, Funds money, Clock clock) {
        this.clinic = clinic;
        this.insurance = insurance;
        this.settlements = settlements;
        this.legs = new CardLegs(money.corridor(), money.orders(), new CardLegs.Terms(clinic.serviceCode(), clinic.isAccountContracted()), clock);
        this.clock = clock;
    }

    /** A bill to be paid.
     *
     *  @param call who asks, and by which key
     *  @param settle what the insurance is to settle; its fee lines are uploaded already
     *  @param items what the doctor found and did */
    public record Ask(CallKey call, CardNo cardNo, Input.Settle settle, PatientItems.Items items) {}

    /** Whether everything that was to be done was done, or may be tried at once. */
    private record Step(MedicalSettlement at, boolean goesOn) {}

    /** Pays a bill as far as it can be paid now. Asked again with the same key, it says how the settlement stands. */
    public MedicalAnswer settle(Ask ask) throws InterruptedException, ExecutionException {
        String id = OrderId.of(ask.call()).toString();
        Optional<MedicalSettlement> there = settlements.find(id);
        if (there.isPresent()) {
            return again(there.get(), ask);
        }
        Input.Claim claim = ask.settle().claim();
        return switch (insurance.ask(message(), new Input.Quote(claim))) {
            case Reply.Refused<Output.Bill> refused -> new MedicalAnswer.No(MedicalAnswer.Reason.INSURANCE_REFUSED);
            case Reply.Unclear<Output.Bill> unclear -> new MedicalAnswer.No(MedicalAnswer.Reason.INSURANCE_AWAY);
            case Reply.NotSent<Output.Bill> notSent -> new MedicalAnswer.No(MedicalAnswer.Reason.INSURANCE_AWAY);
            case Reply.Done<Output.Bill> done -> begin(quoted(id, ask, done.output().split()), ask);
        };
    }

    private MedicalSettlement quoted(String id, Ask ask, Split split) {
        MedicalSettlement.Terms terms = new MedicalSettlement.Terms(clinic.party(), ask.cardNo(), today(), ask.settle(), message());
        return new MedicalSettlement(id, terms, split, new MedicalSettlement.Quoted(split.cash(), split.personalAccount()),
                new MedicalSettlement.Standing(MedicalState.QUOTED, Optional.empty(), Optional.empty(), false, "quoted"));
    }

    private MedicalAnswer begin(MedicalSettlement quoted, Ask ask) throws InterruptedException, ExecutionException {
        return settlements.begin(quoted, ask.items()) ? new MedicalAnswer.Stands(drive(quoted)) : again(settlement(quoted.id()), ask);
    }

    private MedicalAnswer again(MedicalSettlement there, Ask ask) {
        return there.terms().settle().equals(ask.settle()) ? again(there, ask.cardNo(), ask.items()) : new MedicalAnswer.No(MedicalAnswer.Reason.KEY_CONFLICT);
    }

    private MedicalAnswer again(MedicalSettlement there, CardNo cardNo, PatientItems.Items items) {
        boolean same = there.terms().institution().equals(clinic.party()) && there.terms().cardNo().equals(cardNo) && settlements.items().read(there.id()).equals(items);
        return same ? new MedicalAnswer.Stands(there) : new MedicalAnswer.No(MedicalAnswer.Reason.KEY_CONFLICT);
    }

    /** What became of a bill that was asked to be paid by that key; empty if none was.
     *
     *  @param items what the doctor found and did, which is to be the same */
    public Optional<MedicalAnswer> findAgain(CallKey call, CardNo cardNo, PatientItems.Items items) {
        return settlements.find(OrderId.of(call).toString()).map(there -> again(there, cardNo, items));
    }

    /** Takes a paid settlement back: the insurance first, then the card gets its part. To give back a part, cancel the whole and settle
     *  the rest anew. */
    public MedicalAnswer cancel(String id, String reason) throws InterruptedException, ExecutionException {
        Optional<MedicalSettlement> found = find(id);
        if (found.isEmpty()) {
            return new MedicalAnswer.No(MedicalAnswer.Reason.SETTLEMENT_UNKNOWN);
        }
        MedicalSettlement at = found.get();
        return switch (at.state()) {
            case CANCELLED, REVOKING, RELEASING -> new MedicalAnswer.Stands(at);
            case PAID -> new MedicalAnswer.Stands(goOn(revoke(at, reason)));
            case QUOTED, SETTLING, SETTLED, REVERSING, RELEASED, AWAITING_STATEMENT -> new MedicalAnswer.No(MedicalAnswer.Reason.STATE_FORBIDS);
        };
    }

    /** How a settlement stands. */
    public Optional<MedicalSettlement> find(String id) {
        return settlements.find(id).filter(one -> one.terms().institution().equals(clinic.party()));
    }

    /** Takes up what others left undone. What the insurance was never asked for is given up: the patient has gone.
     *
     *  @return how many settlements were found open */
    public int resume() throws InterruptedException, ExecutionException {
        List<MedicalSettlement> open = settlements.listOpen(clinic.party(), clock.instant().minus(clinic.patience()));
        Optional<RuntimeException> defect = Optional.empty();
        for (MedicalSettlement one : open) {
            try {
                goOn(one.state() == MedicalState.QUOTED ? move(one, one.in(MedicalState.RELEASING, "given up before the insurance was asked")) : new Step(one, true));
            } catch (RuntimeException e) {
                LOG.error("settlement {} met a defect; it stays open", one.id(), e);
                defect = Optional.of(e);
            }
        }
        if (defect.isPresent()) {
            throw defect.get();
        }
        return open.size();
    }

    /** Takes up what others left undone, again and again. */
    public Repeating start(Duration pause) {
        return Repeating.start("medical-desk", pause, () -> {
            try {
                resume();
            } catch (DataAccessException | ExecutionException e) {
                LOG.warn("settlements of {} wait for another round", clinic.institution(), e);
            }
            return false;
        });
    }

    /** Lets the statement of a day decide what nobody could tell, and compares the totals.
     *
     *  @return whether both sides agree; empty if the insurance did not answer, and nothing was decided or compared */
    public Optional<Boolean> decide(LocalDate day) throws InterruptedException, ExecutionException {
        if (!(insurance.ask(message(), new Input.ReconcileDetail(day)) instanceof Reply.Done<Output.Detail> statement)) {
            return Optional.empty();
        }
        Map<String, Output.Bill> listed = statement.output().bills().stream()
                .collect(Collectors.toMap(bill -> bill.visit() + " " + bill.personNo() + " " + bill.settlement().orElseThrow(), Function.identity()));
        for (MedicalSettlement one : settlements.listOfDay(clinic.party(), day, MedicalState.AWAITING_STATEMENT)) {
            decide(one, listed.values().stream().filter(bill -> isOf(bill, one)).findFirst());
        }
        List<MedicalSettlement> ours = settlements.listOfDay(clinic.party(), day, MedicalState.SETTLED, MedicalState.PAID, MedicalState.REVOKING,
                MedicalState.AWAITING_STATEMENT);
        Input.Reconcile totals = new Input.Reconcile(day, ours.size(), sum(ours, Split::total), sum(ours, Split::fund), sum(ours, Split::personalAccount));
        if (!(insurance.ask(message(), totals) instanceof Reply.Done<Output.Reconciled> compared)) {
            return Optional.empty();
        }
        if (!compared.output().equal()) {
            LOG.error("the insurance counts {} otherwise than we do: {} settlements, {}", day, ours.size(), totals.total());
        }
        return Optional.of(compared.output().equal());
    }

    private void decide(MedicalSettlement one, Optional<Output.Bill> listed) throws InterruptedException, ExecutionException {
        MedicalSettlement next = listed.map(bill -> one.standing().paid() ? one.paid("listed in the statement") : one.settled(bill, "listed in the statement"))
                .orElseGet(() -> one.in(MedicalState.RELEASING, "not listed in the statement"));
        goOn(move(one, next));
    }

    private static boolean isOf(Output.Bill bill, MedicalSettlement settlement) {
        Input.Visit visit = settlement.terms().settle().claim().visit();
        return bill.visit().equals(visit.visit()) && bill.personNo().equals(visit.personNo()) && bill.split().total().equals(settlement.split().total())
                && settlement.standing().settlement().map(number -> number.equals(bill.settlement().orElse(""))).orElse(true);
    }

    private static Money sum(List<MedicalSettlement> all, Function<Split, Money> part) {
        return all.stream().map(one -> part.apply(one.split())).reduce(Money.ZERO, Money::plus);
    }

    private MedicalSettlement drive(MedicalSettlement at) throws InterruptedException, ExecutionException {
        return goOn(new Step(at, at.state().isOpen()));
    }

    private MedicalSettlement goOn(Step from) throws InterruptedException, ExecutionException {
        Step step = from;
        while (step.goesOn() && step.at().state().isOpen()) {
            step = step(step.at());
        }
        return step.at();
    }

    private Step step(MedicalSettlement at) throws InterruptedException, ExecutionException {
        return switch (at.state()) {
            case QUOTED -> holdAndSettle(at);
            case SETTLING -> lookFor(at);
            case SETTLED -> pay(at);
            case REVERSING -> reverse(at);
            case REVOKING -> lookForRevoked(at);
            case RELEASING -> release(at);
            case PAID, RELEASED, CANCELLED, AWAITING_STATEMENT -> new Step(at, false);
        };
    }

    private Step holdAndSettle(MedicalSettlement at) throws InterruptedException, ExecutionException {
        Optional<PaymentRefusal> refusal = legs.hold(at);
        if (refusal.isPresent()) {
            return move(at, at.in(MedicalState.RELEASING, refusal.get().name()));
        }
        Step sent = move(at, at.settling(today()));
        if (!sent.goesOn()) {
            return sent;
        }
        MedicalSettlement settling = sent.at();
        return switch (insurance.ask(settling.terms().message(), settling.terms().settle())) {
            case Reply.Done<Output.Bill> done -> move(settling, settling.settled(done.output(), "settled"));
            case Reply.Refused<Output.Bill> refused -> move(settling, settling.in(MedicalState.RELEASING, "refused by the insurance: " + refused.code()));
            case Reply.NotSent<Output.Bill> notSent -> move(settling, settling.in(MedicalState.RELEASING, "not sent: " + notSent.why()));
            case Reply.Unclear<Output.Bill> unclear -> {
                LOG.warn("settlement {} is unclear: {}", settling.id(), unclear.why());
                yield sent;
            }
        };
    }

    private Step lookFor(MedicalSettlement at) throws InterruptedException {
        Reply<Output.Found> reply = insurance.ask(message(), question(at));
        if (!(reply instanceof Reply.Done<Output.Found> done)) {
            return new Step(at, false);
        }
        Optional<Output.Bill> bill = done.output().bill();
        if (bill.isEmpty()) {
            return move(at, at.in(MedicalState.REVERSING, "the insurance knows of no settlement"));
        }
        return bill.filter(one -> isOf(one, at)).map(one -> move(at, at.settled(one, "found settled"))).orElseGet(() -> new Step(at, false));
    }

    private Step reverse(MedicalSettlement at) throws InterruptedException {
        Input.Reverse reversal = new Input.Reverse(at.terms().settle().claim().visit().personNo(), at.terms().message().value(), InfNo.SETTLE);
        return switch (insurance.ask(message(), reversal)) {
            case Reply.Done<Output.Done> done -> move(at, at.in(MedicalState.RELEASING, "reversed"));
            case Reply.NotSent<Output.Done> notSent -> new Step(at, false);
            case Reply.Refused<Output.Done> refused -> await(at, "the reversal was refused: " + refused.code());
            case Reply.Unclear<Output.Done> unclear -> await(at, "the reversal is unclear: " + unclear.why());
        };
    }

    private Step pay(MedicalSettlement at) throws InterruptedException, ExecutionException {
        Optional<PaymentRefusal> refusal = legs.pay(at);
        return refusal.isPresent() ? revoke(at, "the card cannot pay more: " + refusal.get()) : move(at, at.paid("paid"));
    }

    private Step revoke(MedicalSettlement from, String reason) throws InterruptedException {
        Step sent = move(from, from.revoking(message(), reason));
        if (!sent.goesOn()) {
            return sent;
        }
        MedicalSettlement at = sent.at();
        Input.Revoke revocation = new Input.Revoke(at.terms().settle().claim().visit(), at.standing().settlement().orElseThrow());
        return switch (insurance.ask(at.standing().revoking().orElseThrow(), revocation)) {
            case Reply.Done<Output.Done> done -> move(at, at.in(MedicalState.RELEASING, "taken back: " + reason));
            case Reply.Refused<Output.Done> refused -> stands(at, "the insurance does not take it back: " + refused.code());
            case Reply.NotSent<Output.Done> notSent -> stands(at, "not sent: " + notSent.why());
            case Reply.Unclear<Output.Done> unclear -> sent;
        };
    }

    private Step lookForRevoked(MedicalSettlement at) throws InterruptedException {
        Reply<Output.Found> reply = insurance.ask(message(), question(at));
        if (!(reply instanceof Reply.Done<Output.Found> done)) {
            return new Step(at, false);
        }
        if (done.output().bill().filter(bill -> isOf(bill, at)).isEmpty()) {
            return move(at, at.in(MedicalState.RELEASING, "found taken back"));
        }
        String person = at.terms().settle().claim().visit().personNo();
        return switch (insurance.ask(message(), new Input.Reverse(person, at.standing().revoking().orElseThrow().value(), InfNo.REVOKE))) {
            case Reply.Done<Output.Done> reversed -> stands(at, "it could not be taken back; it may be tried again");
            case Reply.NotSent<Output.Done> notSent -> new Step(at, false);
            case Reply.Refused<Output.Done> refused -> await(at, "the reversal was refused: " + refused.code());
            case Reply.Unclear<Output.Done> unclear -> await(at, "the reversal is unclear: " + unclear.why());
        };
    }

    /** It stands at the insurance for certain: as paid, or for a person to see to, since the card did not pay. */
    private Step stands(MedicalSettlement at, String reason) {
        return at.standing().paid() ? move(at, at.paid(reason)) : await(at, reason);
    }

    private Step await(MedicalSettlement at, String reason) {
        LOG.error("settlement {} waits for the statement of {}: {}", at.id(), at.terms().day(), reason);
        return move(at, at.in(MedicalState.AWAITING_STATEMENT, reason));
    }

    private Step release(MedicalSettlement at) throws InterruptedException, ExecutionException {
        legs.release(at);
        return move(at, at.in(at.standing().paid() ? MedicalState.CANCELLED : MedicalState.RELEASED, at.standing().reason()));
    }

    /** Goes on only where this caller took the step. */
    private Step move(MedicalSettlement from, MedicalSettlement to) {
        return settlements.move(from, to) ? new Step(to, true) : new Step(settlement(from.id()), false);
    }

    private static Input.FindSettlement question(MedicalSettlement at) {
        Input.Claim claim = at.terms().settle().claim();
        return new Input.FindSettlement(claim.visit(), claim.batch());
    }

    private MedicalSettlement settlement(String id) {
        return settlements.find(id).orElseThrow(() -> new IllegalStateException("settlement " + id + " is not there"));
    }

    private MessageId message() {
        return settlements.nextMessage(clinic.institution());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), CHINA);
    }
}
