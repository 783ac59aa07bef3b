package cn.onecard.fare;

import cn.onecard.fare.NameRule.Timeframe;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The timeframes of a fare table, and the days they go by. */
final class Times {
    private final Map<String, List<Timeframe>> timeframes;
    private final Calendar calendar;

    Times(Map<String, List<Timeframe>> timeframes, Calendar calendar) {
        this.timeframes = Map.copyOf(timeframes);
        this.calendar = calendar;
    }

    /** Complains of a timeframe that is not there. */
    void check(When when) {
        if (!timeframes.containsKey(when.timeframe())) {
            throw new IllegalArgumentException("no timeframe " + when.timeframe());
        }
    }

    /** Whether an end of a ride lies in a timeframe; not if it is not known. */
    boolean holds(When when, Leg leg) {
        return leg.find(when.end()).filter(stop -> timeframes.getOrDefault(when.timeframe(), List.of()).stream()
                .anyMatch(frame -> frame.contains(stop.at(), calendar))).isPresent();
    }

    boolean holds(Optional<When> when, Leg leg) {
        return when.isEmpty() || holds(when.get(), leg);
    }

    /** Whether an end of a ride lies in a timeframe, or is not known. */
    boolean mayHold(When when, Leg leg) {
        return leg.find(when.end()).isEmpty() || holds(when, leg);
    }

    boolean mayHold(Optional<When> when, Leg leg) {
        return when.isEmpty() || mayHold(when.get(), leg);
    }
}
