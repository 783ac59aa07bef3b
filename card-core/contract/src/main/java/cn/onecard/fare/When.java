package cn.onecard.fare;

import java.util.Locale;

/** During a timeframe.
 *
 *  @param timeframe name of it
 *  @param end the end of the ride that must lie in it */
record When(String timeframe, RideEnd end) {
    String text() {
        return timeframe + "," + end.name().toLowerCase(Locale.ROOT);
    }
}
