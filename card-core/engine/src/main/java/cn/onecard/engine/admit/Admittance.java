package cn.onecard.engine.admit;

import cn.onecard.engine.card.CardMaster;
import cn.onecard.engine.card.CardState;
import cn.onecard.engine.card.Masters;
import cn.onecard.engine.card.PsamMaster;
import cn.onecard.engine.rate.FareVerdict;
import cn.onecard.engine.rate.RatedTap;
import cn.onecard.engine.receive.ReceivedTap;
import cn.onecard.engine.verify.AlgorithmByte;
import cn.onecard.engine.verify.UnprovenTap;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.Refusal;
import cn.onecard.vocabulary.RideKind;
import cn.onecard.vocabulary.ServiceCode;
import cn.onecard.wire.Debit;
import cn.onecard.wire.Ride;
import cn.onecard.wire.TapFrame;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;

/** The checks that no TAC makes. They stand in the order of the {@link Refusal} constants and the first that applies is the
 *  answer; each stage below holds the refusals of one subject. */
public final class Admittance {
    private final Limits limits;

    public Admittance(Limits limits) {
        this.limits = limits;
    }

    /** Decides on a tap for an open business date. */
    public Admission decide(RatedTap tap, Masters masters, BusinessDate openDate) {
        Optional<Refusal> refusal = findRefusal(tap, masters, openDate);
        return refusal.isPresent() ? new Suspect(tap, openDate, refusal.get()) : new Admitted(tap, openDate);
    }

    private Optional<Refusal> findRefusal(RatedTap rated, Masters masters, BusinessDate openDate) {
        if (rated.credible() instanceof UnprovenTap unproven) {
            return Optional.of(unproven.reason());
        }
        ReceivedTap.Framed tap = rated.credible().tap();
        TapFrame frame = tap.frame();
        Optional<LocalDateTime> event = frame.debit().eventTime().find();
        if (event.isEmpty()) {
            return Optional.of(Refusal.TIME_UNREADABLE);
        }
        LocalDateTime eventAt = event.get();
        return ofTime(eventAt.toLocalDate(), openDate.day())
                .or(() -> ofPsam(tap, masters.psam(), eventAt.toLocalDate()))
                .or(() -> ofCard(frame, rated.credible().card(), eventAt))
                .or(() -> ofRide(frame))
                .or(() -> ofFare(rated.verdict()))
                .or(() -> ofAmount(frame.debit()));
    }

    private Optional<Refusal> ofTime(LocalDate event, LocalDate open) {
        if (event.isBefore(open.minusDays(limits.maxAgeDays()))) {
            return Optional.of(Refusal.EVENT_TOO_OLD);
        }
        return event.isAfter(open.plusDays(limits.maxAheadDays())) ? Optional.of(Refusal.EVENT_IN_FUTURE) : Optional.empty();
    }

    private static Optional<Refusal> ofPsam(ReceivedTap.Framed tap, Optional<PsamMaster> found, LocalDate event) {
        if (found.isEmpty()) {
            return Optional.of(Refusal.PSAM_UNKNOWN);
        }
        PsamMaster psam = found.get();
        if (!psam.gateway().equals(tap.arrival().gateway())) {
            return Optional.of(Refusal.PSAM_NOT_OF_CALLER);
        }
        Ride ride = tap.frame().ride();
        boolean bound = psam.party().equals(ride.party()) && psam.service().code() == ride.serviceCode()
                && !event.isBefore(psam.validFrom()) && !event.isAfter(psam.validTo());
        return bound ? Optional.empty() : Optional.of(Refusal.PSAM_NOT_BOUND);
    }

    private static Optional<Refusal> ofCard(TapFrame frame, Optional<CardMaster> found, LocalDateTime eventAt) {
        // A card that becomes valid later had not been issued when the tap happened.
        if (found.isEmpty() || eventAt.toLocalDate().isBefore(found.get().validFrom())) {
            return Optional.of(Refusal.CARD_UNKNOWN);
        }
        CardMaster card = found.get();
        boolean stateHeld = !eventAt.isBefore(card.stateSince());
        if (card.state() == CardState.CLOSED && stateHeld) {
            return Optional.of(Refusal.CARD_CLOSED);
        }
        if (card.state() == CardState.LOST && stateHeld) {
            return Optional.of(Refusal.CARD_REPORTED_LOST);
        }
        if (eventAt.toLocalDate().isAfter(card.validTo())) {
            return Optional.of(Refusal.CARD_EXPIRED);
        }
        if (frame.card().issuerId() != card.profile().issuerId() || frame.card().city() != card.profile().city()) {
            return Optional.of(Refusal.ISSUER_MISMATCH);
        }
        boolean sameAlgorithm = AlgorithmByte.findAlgorithm(frame.card().algorithm()).filter(card.profile().algorithm()::equals).isPresent();
        if (frame.card().cardClass() != card.cardClass() || frame.card().cardKind() != card.kind().code() || !sameAlgorithm) {
            return Optional.of(Refusal.CLASS_MISMATCH);
        }
        if (card.kind() == CardKind.TEST) {
            return Optional.of(Refusal.TEST_CARD);
        }
        return card.state() == CardState.ISSUED ? Optional.of(Refusal.CARD_NOT_ACTIVATED) : Optional.empty();
    }

    private static Optional<Refusal> ofRide(TapFrame frame) {
        Debit debit = frame.debit();
        Optional<ServiceCode> service = ServiceCode.findByCode(frame.ride().serviceCode());
        Optional<RideKind> kind = RideKind.findByCode(frame.ride().rideKind());
        boolean plausible = service.isPresent() && kind.isPresent()
                && (debit.type() == Debit.PURCHASE || debit.type() == Debit.COMPOSITE)
                && (service.get() == ServiceCode.METRO || kind.get() == RideKind.SINGLE)
                && (kind.get() != RideKind.ENTRY || (debit.type() == Debit.COMPOSITE && debit.amount().equals(Money.ZERO)));
        return plausible ? Optional.empty() : Optional.of(Refusal.RIDE_IMPLAUSIBLE);
    }

    private static Optional<Refusal> ofFare(FareVerdict verdict) {
        return switch (verdict) {
            case RIGHT, BELOW_TABLE -> Optional.empty();
            case TARIFF_UNKNOWN -> Optional.of(Refusal.TARIFF_UNKNOWN);
            case TOO_HIGH -> Optional.of(Refusal.FARE_TOO_HIGH);
        };
    }

    private Optional<Refusal> ofAmount(Debit debit) {
        if (debit.type() == Debit.PURCHASE && debit.amount().equals(Money.ZERO)) {
            return Optional.of(Refusal.AMOUNT_ZERO);
        }
        if (debit.amount().compareTo(limits.maxAmount()) > 0) {
            return Optional.of(Refusal.AMOUNT_ABOVE_LIMIT);
        }
        return debit.balanceBefore().compareTo(debit.amount()) < 0 ? Optional.of(Refusal.BALANCE_TOO_LOW) : Optional.empty();
    }
}
