package cn.onecard.engine.medical;

import cn.onecard.engine.rail.nhsa.Input;
import cn.onecard.engine.rail.nhsa.MessageId;
import cn.onecard.engine.rail.nhsa.Output;
import cn.onecard.engine.rail.nhsa.Split;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** A bill that the insurance shares, and where it stands. Prints no patient.
 *
 *  @param id of 32 hexadecimal digits
 *  @param terms what was asked
 *  @param split who pays what: as quoted, and once it is settled, as settled
 *  @param quoted who was to pay what when the card's part was held
 *  @param standing where it stands */
public record MedicalSettlement(String id, Terms terms, Split split, Quoted quoted, Standing standing) {
    /** What was asked.
     *
     *  @param institution who is paid
     *  @param day on which the insurance counts it
     *  @param message number of the message that settles */
    public record Terms(PartyId institution, CardNo cardNo, LocalDate day, Input.Settle settle, MessageId message) {}

    /** The card's parts, as held. */
    public record Quoted(Money cash, Money personalAccount) {}

    /** Where it stands.
     *
     *  @param settlement number at the insurance, once it is settled
     *  @param revoking number of the message that takes it back, once there is one
     *  @param paid whether the card paid its part, whatever came later
     *  @param reason why it stands so */
    public record Standing(MedicalState state, Optional<String> settlement, Optional<MessageId> revoking, boolean paid, String reason) {}

    /** The parts of the bill; those that are nothing are left out. They add up to the total. */
    public List<Leg> legs() {
        return List.of(new Leg(Leg.Kind.FUND, split.fund()), new Leg(Leg.Kind.PERSONAL_ACCOUNT, split.personalAccount()),
                        new Leg(Leg.Kind.MUTUAL_AID, split.mutualAid()), new Leg(Leg.Kind.CASH, split.cash()), new Leg(Leg.Kind.HOSPITAL, split.hospital()))
                .stream().filter(leg -> !leg.amount().equals(Money.ZERO)).toList();
    }

    public MedicalState state() {
        return standing.state();
    }

    /** The same, asked to settle on a day. */
    public MedicalSettlement settling(LocalDate day) {
        Terms sent = new Terms(terms.institution, terms.cardNo, day, terms.settle, terms.message);
        return new MedicalSettlement(id, sent, split, quoted, new Standing(MedicalState.SETTLING, Optional.empty(), Optional.empty(), false, "asked to settle"));
    }

    /** The same, settled as a bill says. */
    public MedicalSettlement settled(Output.Bill bill, String reason) {
        return new MedicalSettlement(id, terms, bill.split(), quoted, new Standing(MedicalState.SETTLED, bill.settlement(), standing.revoking, false, reason));
    }

    /** The same, paid by the card. */
    public MedicalSettlement paid(String reason) {
        return with(new Standing(MedicalState.PAID, standing.settlement, standing.revoking, true, reason));
    }

    /** The same, to be taken back by a message. */
    public MedicalSettlement revoking(MessageId message, String reason) {
        return with(new Standing(MedicalState.REVOKING, standing.settlement, Optional.of(message), standing.paid, reason));
    }

    /** The same in another state. */
    public MedicalSettlement in(MedicalState state, String reason) {
        return with(new Standing(state, standing.settlement, standing.revoking, standing.paid, reason));
    }

    private MedicalSettlement with(Standing next) {
        return new MedicalSettlement(id, terms, split, quoted, next);
    }

    @Override
    public String toString() {
        return "medical settlement " + id + ", " + standing.state() + ": " + standing.reason();
    }
}
