package cn.onecard.fare;

import cn.onecard.vocabulary.CardKind;
import java.util.Optional;

/** All that decides the price of a ride: the ride itself, and what the card did before.
 *
 *  @param previous the ride before, or empty if there was none */
public record Journey(Leg leg, CardKind kind, Optional<PastRide> previous, PaidBefore paid) {
    /** A ride by itself. */
    public static Journey alone(Leg leg, CardKind kind) {
        return new Journey(leg, kind, Optional.empty(), PaidBefore.NOTHING);
    }
}
