package cn.onecard.engine.flow;

import cn.onecard.engine.medical.MedicalTable;
import cn.onecard.engine.medical.PatientItems;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.rail.medical.Insurance;
import cn.onecard.engine.rail.medical.Reply;
import cn.onecard.engine.rail.nhsa.Input;
import cn.onecard.engine.rail.nhsa.Institution;
import cn.onecard.engine.rail.nhsa.Output;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** The counter of a clinic (门诊): from the patient's identity to the paid bill. What comes before the settlement moves no money: if it
 *  fails, the visit is begun anew. */
public final class ClinicCounter {
    /** An ordinary visit of an out-patient, of the insurance of employees. */
    private static final String INSURANCE_TYPE = "310";
    private static final String BATCH = "1";
    private static final String BY_IDENTITY_NO = "02";
    private static final int LONGEST_NUMBER = 20;
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private final MedicalDesk desk;
    private final Insurance insurance;
    private final MedicalTable settlements;
    private final Institution institution;
    private final Clock clock;

    public ClinicCounter(MedicalDesk desk, Insurance insurance, MedicalTable settlements, Institution institution, Clock clock) {
        this.desk = desk;
        this.insurance = insurance;
        this.settlements = settlements;
        this.institution = institution;
        this.clock = clock;
    }

    /** A patient who has seen a doctor. Nothing of it is ever printed.
     *
     *  @param call who asks, and by which key
     *  @param card whose wallet pays the patient's part
     *  @param identityNo of the patient
     *  @param items what the doctor found and did */
    public record Visit(CallKey call, CardNo card, String identityNo, PatientItems.Items items) {
        @Override
        public String toString() {
            return "visit";
        }
    }

    /** Where settlements are taken back and looked for. */
    public MedicalDesk desk() {
        return desk;
    }

    /** Has the insurance share the bill of a visit, and the card pay its part. Asked again with the same key, it says how that stands. */
    public MedicalAnswer settle(Visit visit) throws InterruptedException, ExecutionException {
        Optional<MedicalAnswer> before = desk.findAgain(visit.call(), visit.card(), visit.items());
        if (before.isPresent()) {
            return before.get();
        }
        try {
            Output.Person person = done(new Input.FindPerson(BY_IDENTITY_NO, visit.identityNo()));
            String number = OrderId.of(visit.call()).toString().substring(0, LONGEST_NUMBER);
            Input.Register register = new Input.Register(person.personNo(), INSURANCE_TYPE, number, LocalDate.ofInstant(clock.instant(), CHINA));
            Input.Visit registered = new Input.Visit(person.personNo(), done(register).visit());
            List<String> diagnoses = visit.items().diagnoses();
            if (!diagnoses.isEmpty()) {
                done(new Input.Diagnose(registered, diagnoses));
            }
            done(new Input.UploadFees(registered, BATCH, visit.items().fees()));
            Money total = visit.items().fees().stream().map(Input.FeeLine::amount).reduce(Money.ZERO, Money::plus);
            Input.Settle settle = new Input.Settle(new Input.Claim(registered, BATCH, INSURANCE_TYPE, total, true), number);
            MedicalAnswer answer = desk.settle(new MedicalDesk.Ask(visit.call(), visit.card(), settle, visit.items()));
            // The same visit, registered twice at once, is one visit.
            return answer instanceof MedicalAnswer.No ? desk.findAgain(visit.call(), visit.card(), visit.items()).orElse(answer) : answer;
        } catch (NotShared no) {
            return new MedicalAnswer.No(no.reason, no.detail);
        }
    }

    /** The insurance does not go along. */
    private static final class NotShared extends Exception {
        private static final long serialVersionUID = 1;

        private final MedicalAnswer.Reason reason;
        private final String detail;

        NotShared(MedicalAnswer.Reason reason, String detail) {
            super(detail);
            this.reason = reason;
            this.detail = detail;
        }
    }

    private <A extends Output> A done(Input<A> input) throws NotShared, InterruptedException {
        return switch (insurance.ask(settlements.nextMessage(institution.code()), input)) {
            case Reply.Done<A> done -> done.output();
            case Reply.Refused<A> refused -> throw new NotShared(MedicalAnswer.Reason.INSURANCE_REFUSED, input.infNo().code() + ": " + refused.code());
            case Reply.Unclear<A> unclear -> throw new NotShared(MedicalAnswer.Reason.INSURANCE_AWAY, input.infNo().code() + ": " + unclear.why());
            case Reply.NotSent<A> notSent -> throw new NotShared(MedicalAnswer.Reason.INSURANCE_AWAY, input.infNo().code() + ": " + notSent.why());
        };
    }
}
