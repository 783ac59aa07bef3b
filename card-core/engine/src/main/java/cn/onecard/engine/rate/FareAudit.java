package cn.onecard.engine.rate;

import cn.onecard.engine.card.CardMaster;
import cn.onecard.engine.card.Masters;
import cn.onecard.engine.verify.CredibleTap;
import cn.onecard.fare.Tariff;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.RideKind;
import cn.onecard.vocabulary.ServiceCode;
import cn.onecard.wire.Ride;
import cn.onecard.wire.TapFrame;
import java.util.Optional;

/** Asks the fare table of a tap whether its price was right. The kind of card that gives the concession is the register's;
 *  the frame's counts only for a card that is in no register. */
public final class FareAudit {
    private FareAudit() {}

    /** Audits a tap. */
    public static RatedTap rate(CredibleTap tap, Masters masters) {
        return new RatedTap(tap, verdict(tap, masters));
    }

    private static FareVerdict verdict(CredibleTap tap, Masters masters) {
        TapFrame frame = tap.tap().frame();
        Ride ride = frame.ride();
        Optional<Tariff> tariff = masters.tariff();
        Optional<ServiceCode> service = ServiceCode.findByCode(ride.serviceCode());
        Optional<RideKind> kind = RideKind.findByCode(ride.rideKind());
        if (tariff.isEmpty() || service.isEmpty() || kind.isEmpty()) {
            return FareVerdict.TARIFF_UNKNOWN;
        }
        Optional<Money> fullFare = tariff.get().findFullFare(service.get(), ride.line(), kind.get(), ride.fullFare());
        if (fullFare.isEmpty()) {
            return FareVerdict.TARIFF_UNKNOWN;
        }
        Money due = tariff.get().charge(fullFare.get(), cardKind(tap, frame));
        Money charged = frame.debit().amount();
        if (charged.compareTo(due) > 0 || ride.fullFare().compareTo(fullFare.get()) > 0) {
            return FareVerdict.TOO_HIGH;
        }
        boolean below = charged.compareTo(due) < 0 || ride.fullFare().compareTo(fullFare.get()) < 0;
        return below ? FareVerdict.BELOW_TABLE : FareVerdict.RIGHT;
    }

    private static CardKind cardKind(CredibleTap tap, TapFrame frame) {
        return tap.card().map(CardMaster::kind)
                .or(() -> CardKind.findByCode(frame.card().cardKind()))
                .orElse(CardKind.ORDINARY);
    }
}
