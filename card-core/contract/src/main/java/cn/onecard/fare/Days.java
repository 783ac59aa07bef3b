package cn.onecard.fare;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Which days a timeframe is about. */
sealed interface Days {
    /** Whether a day is one of them. */
    boolean contain(LocalDate day, Calendar calendar);

    String text();

    /** Every day. */
    record Every() implements Days {
        @Override
        public boolean contain(LocalDate day, Calendar calendar) {
            return true;
        }

        @Override
        public String text() {
            return "daily";
        }
    }

    /** The days that are worked (工作日), or the others. */
    record Worked(boolean worked) implements Days {
        @Override
        public boolean contain(LocalDate day, Calendar calendar) {
            return calendar.isWorked(day) == worked;
        }

        @Override
        public String text() {
            return worked ? "workdays" : "restdays";
        }
    }

    /** Days of the week, holiday or not. */
    record OfWeek(Set<DayOfWeek> days) implements Days {
        public OfWeek {
            days = Set.copyOf(days);
        }

        @Override
        public boolean contain(LocalDate day, Calendar calendar) {
            return days.contains(day.getDayOfWeek());
        }

        @Override
        public String text() {
            return days.stream().sorted().map(day -> Integer.toString(day.getValue())).collect(Collectors.joining());
        }
    }

    /** The days of a text: {@code daily}, {@code workdays}, {@code restdays}, or digits from 1, Monday, to 7. */
    static Days of(String text) {
        return switch (text) {
            case "daily" -> new Every();
            case "workdays" -> new Worked(true);
            case "restdays" -> new Worked(false);
            default -> {
                if (!text.matches("[1-7]{1,7}")) {
                    throw new IllegalArgumentException("no such days: " + text);
                }
                Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
                text.chars().forEach(digit -> days.add(DayOfWeek.of(digit - '0')));
                yield new OfWeek(days);
            }
        };
    }
}
