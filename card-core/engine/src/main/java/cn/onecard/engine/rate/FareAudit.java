package cn.onecard.engine.rate;

import cn.onecard.engine.card.CardMaster;
import cn.onecard.engine.card.Masters;
import cn.onecard.engine.verify.CredibleTap;
import cn.onecard.fare.Charges;
import cn.onecard.fare.Leg;
import cn.onecard.fare.Stop;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.RideKind;
import cn.onecard.vocabulary.ServiceCode;
import cn.onecard.wire.Ride;
import cn.onecard.wire.TapFrame;
import java.util.Optional;

/** Asks the fare table of a tap whether its price was right. A tap tells one end of its ride and nothing of the rides before, so a
 *  charge is right if the rules lead to it from anything that the card may have done. The kind of card that gives the concession is the
 *  register's; the frame's counts only for a card that is in no register. */
public final class FareAudit {
    private FareAudit() {}

    /** Audits a tap. */
    public static RatedTap rate(CredibleTap tap, Masters masters) {
        return new RatedTap(tap, verdict(tap, masters));
    }

    private static FareVerdict verdict(CredibleTap tap, Masters masters) {
        TapFrame frame = tap.tap().frame();
        Ride ride = frame.ride();
        Optional<ServiceCode> service = ServiceCode.findByCode(ride.serviceCode());
        Optional<RideKind> kind = RideKind.findByCode(ride.rideKind());
        if (masters.tariff().isEmpty() || service.isEmpty() || kind.isEmpty()) {
            return FareVerdict.TARIFF_UNKNOWN;
        }
        Charges possible = masters.tariff().get().charges(leg(frame, service.get(), kind.get()), cardKind(tap, frame));
        Optional<Money> highest = possible.findHighest();
        Optional<Money> highestFullFare = possible.findHighestFullFare();
        if (highest.isEmpty() || highestFullFare.isEmpty()) {
            return FareVerdict.TARIFF_UNKNOWN;
        }
        Money charged = frame.debit().amount();
        if (possible.find(ride.fullFare(), charged).isPresent()) {
            return FareVerdict.RIGHT;
        }
        return charged.compareTo(highest.get()) > 0 || ride.fullFare().compareTo(highestFullFare.get()) > 0
                ? FareVerdict.TOO_HIGH : FareVerdict.BELOW_TABLE;
    }

    /** What a tap tells of its ride: the one end at which it was made. */
    private static Leg leg(TapFrame frame, ServiceCode service, RideKind kind) {
        Ride ride = frame.ride();
        Optional<Stop> here = frame.debit().eventTime().find().map(at -> new Stop(ride.station(), at));
        return kind == RideKind.EXIT ? new Leg(service, ride.line(), kind, Optional.empty(), here, ride.fullFare())
                : new Leg(service, ride.line(), kind, here, Optional.empty(), ride.fullFare());
    }

    private static CardKind cardKind(CredibleTap tap, TapFrame frame) {
        return tap.card().map(CardMaster::kind)
                .or(() -> CardKind.findByCode(frame.card().cardKind()))
                .orElse(CardKind.ORDINARY);
    }
}
