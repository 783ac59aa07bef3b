package cn.onecard.fare;

import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.RideKind;
import cn.onecard.vocabulary.ServiceCode;
import java.util.Optional;

/** One ride, as far as it is known.
 *
 *  @param line the line at which the fare is due
 *  @param ride what the tap is; at an {@code ENTRY} nothing is due yet, a {@code SINGLE} has only an entry
 *  @param entry empty if it is not known: the tap is missing, or somebody else has it
 *  @param exit empty if it is not known, or not yet
 *  @param stated the full fare that the terminal states; it counts only where a rule leaves the fare to the terminal */
public record Leg(ServiceCode service, int line, RideKind ride, Optional<Stop> entry, Optional<Stop> exit, Money stated) {
    /** A ride that is paid by one tap, where the rules know the fare. */
    public static Leg single(ServiceCode service, int line, Stop boarding) {
        return new Leg(service, line, RideKind.SINGLE, Optional.of(boarding), Optional.empty(), Money.ZERO);
    }

    /** A ride from a station to another, where the rules know the fare. */
    public static Leg between(ServiceCode service, int line, Stop entry, Stop exit) {
        return new Leg(service, line, RideKind.EXIT, Optional.of(entry), Optional.of(exit), Money.ZERO);
    }

    /** A stop of this ride; the only one stands for both. */
    Optional<Stop> find(RideEnd end) {
        return switch (end) {
            case ENTRY -> entry;
            case EXIT -> ride == RideKind.SINGLE ? entry : exit;
        };
    }
}
