package cn.onecard.fare;

import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Collectors;

/** The rules that say what the others are about: the version, numbers, days and times. */
sealed interface NameRule extends Rule {
    /** The number of the fare table. */
    record Version(int number) implements NameRule {
        @Override
        public String text() {
            return "version," + number;
        }
    }

    /** In hundredths of which currency the amounts are (ISO 4217). */
    record Currency(String code) implements NameRule {
        @Override
        public String text() {
            return "currency," + code;
        }
    }

    /** How a price is rounded. */
    record Rounding(RoundingMode mode, int unitFen) implements NameRule {
        static final Rounding STANDARD = new Rounding(RoundingMode.HALF_UP, 1);

        @Override
        public String text() {
            return "rounding," + mode + "," + unitFen;
        }
    }

    /** The steps from the fare to the charge, in their order. */
    record Order(List<StepKind> steps) implements NameRule {
        static final Order STANDARD = new Order(List.of(StepKind.CONCESSION, StepKind.ROUND));
        static final Order ROUND_ONLY = new Order(List.of(StepKind.ROUND));

        @Override
        public String text() {
            return "order," + steps.stream().map(StepKind::text).collect(Collectors.joining(","));
        }
    }

    /** What a station is called elsewhere. */
    record StationName(int station, String name) implements NameRule {
        @Override
        public String text() {
            return "station," + station + "," + name;
        }
    }

    /** What a line is called elsewhere. */
    record LineName(Scope scope, String name) implements NameRule {
        @Override
        public String text() {
            return "line," + scope.text() + "," + name;
        }
    }

    /** A day that is worked, or not, whatever day of the week it is (节假日、调休). */
    record DayException(LocalDate day, boolean worked) implements NameRule {
        @Override
        public String text() {
            return (worked ? "workday," : "restday,") + day;
        }
    }

    /** Hours of some days. Several of one name are one timeframe.
     *
     *  @param from inclusive
     *  @param to exclusive; midnight is the end of the day */
    record Timeframe(String name, Days days, LocalTime from, LocalTime to) implements NameRule {
        boolean contains(LocalDateTime moment, Calendar calendar) {
            LocalTime time = moment.toLocalTime();
            return !time.isBefore(from) && (to.equals(LocalTime.MIDNIGHT) || time.isBefore(to))
                    && days.contain(moment.toLocalDate(), calendar);
        }

        @Override
        public String text() {
            return "timeframe," + name + "," + days.text() + "," + from + "," + (to.equals(LocalTime.MIDNIGHT) ? "24:00" : to);
        }
    }

    /** Some stations. Several of one name are one area. */
    record Area(String name, List<Integer> stations) implements NameRule {
        @Override
        public String text() {
            return "area," + name + "," + Numbers.text(stations);
        }
    }

    /** What the rides of a line are called in rules for transfers; without one, the name of the service. */
    record Group(String name, Scope scope) implements NameRule {
        @Override
        public String text() {
            return "group," + name + "," + scope.text();
        }
    }
}
