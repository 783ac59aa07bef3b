package cn.onecard.fare;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Map;

/** Which days are worked: Monday to Friday, but for the exceptions. */
final class Calendar {
    private final Map<LocalDate, Boolean> exceptions;

    Calendar(Map<LocalDate, Boolean> exceptions) {
        this.exceptions = Map.copyOf(exceptions);
    }

    boolean isWorked(LocalDate day) {
        Boolean exception = exceptions.get(day);
        return exception != null ? exception : day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0;
    }
}
