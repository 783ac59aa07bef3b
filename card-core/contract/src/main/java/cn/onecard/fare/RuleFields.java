package cn.onecard.fare;

import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.ServiceCode;
import java.math.RoundingMode;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The fields of one line of a fare table. All that does not read as what is asked for is an {@link IllegalArgumentException} or a
 *  {@link java.time.DateTimeException}. */
final class RuleFields {
    private static final Pattern SEPARATOR = Pattern.compile("\\s*,\\s*");
    private static final Pattern NAME = Pattern.compile("\\p{L}[\\p{L}\\p{N}_.:+~-]*");

    private final String[] fields;

    RuleFields(String line) {
        this.fields = SEPARATOR.split(line, -1);
    }

    String keyword() {
        return fields[0];
    }

    /** How many values follow the keyword. */
    int count() {
        return fields.length - 1;
    }

    /** Takes the line with exactly so many values. */
    RuleFields take(int values) {
        return takeEither(values, values);
    }

    RuleFields takeEither(int values, int others) {
        if (count() != values && count() != others) {
            throw new IllegalArgumentException("'" + keyword() + "' takes " + values + (values == others ? "" : " or " + others) + " values, not " + count());
        }
        return this;
    }

    RuleFields takeAtLeast(int values) {
        if (count() < values) {
            throw new IllegalArgumentException("'" + keyword() + "' takes at least " + values + " values, not " + count());
        }
        return this;
    }

    /** A field that is not empty. */
    String some(int index) {
        if (fields[index].isEmpty()) {
            throw new IllegalArgumentException("'" + keyword() + "': value " + index + " is empty: \"\"");
        }
        return fields[index];
    }

    boolean isStar(int index) {
        return fields[index].equals("*");
    }

    String matching(int index, String pattern) {
        if (!fields[index].matches(pattern)) {
            throw new IllegalArgumentException("'" + keyword() + "' takes " + pattern + ", not \"" + fields[index] + "\"");
        }
        return fields[index];
    }

    /** A name: a letter, and what may follow it. */
    String name(int index) {
        if (!NAME.matcher(fields[index]).matches()) {
            throw new IllegalArgumentException("no name: \"" + fields[index] + "\"");
        }
        return fields[index];
    }

    /** A zone, a station, or the others. */
    String place(int index) {
        if (isStar(index)) {
            return PairTable.OTHERS;
        }
        return fields[index].matches("\\d.*") ? Integer.toString(natural(index)) : name(index);
    }

    int natural(int index) {
        return natural(fields[index]);
    }

    private static int natural(String text) {
        int value = Integer.parseInt(text);
        if (value < 0) {
            throw new IllegalArgumentException("negative: " + text);
        }
        return value;
    }

    int positive(int index) {
        int value = natural(index);
        if (value == 0) {
            throw new IllegalArgumentException("must be at least 1");
        }
        return value;
    }

    int percent(int index) {
        int value = natural(index);
        if (value > 100) {
            throw new IllegalArgumentException("above 100 %: " + value);
        }
        return value;
    }

    Money money(int index) {
        return Money.ofFen(natural(index));
    }

    /** A service, and a line of it or all others. */
    Scope scope(int index) {
        return new Scope(service(index), isStar(index + 1) ? Scope.ANY : natural(index + 1));
    }

    ServiceCode service(int index) {
        return ServiceCode.valueOf(fields[index]);
    }

    Optional<ServiceCode> serviceOrAll(int index) {
        return isStar(index) ? Optional.empty() : Optional.of(service(index));
    }

    CardKind kind(int index) {
        return CardKind.valueOf(fields[index]);
    }

    Optional<CardKind> kindOrAll(int index) {
        return isStar(index) ? Optional.empty() : Optional.of(kind(index));
    }

    List<CardKind> kinds(int from) {
        List<CardKind> kinds = new ArrayList<>();
        for (int i = from; i < fields.length; i++) {
            kinds.add(kind(i));
        }
        return List.copyOf(kinds);
    }

    List<StepKind> steps(int from) {
        List<StepKind> steps = new ArrayList<>();
        for (int i = from; i < fields.length; i++) {
            steps.add(StepKind.of(fields[i]));
        }
        return List.copyOf(steps);
    }

    List<Integer> stations(int index) {
        List<Integer> stations = new ArrayList<>();
        for (String station : some(index).split(" +", -1)) {
            stations.add(natural(station));
        }
        return List.copyOf(stations);
    }

    RideEnd end(int index) {
        return RideEnd.valueOf(matching(index, "entry|exit").toUpperCase(Locale.ROOT));
    }

    Period period(int index) {
        return Period.valueOf(matching(index, "day|month").toUpperCase(Locale.ROOT));
    }

    /** A timeframe, and which end of the ride lies in it. */
    When when(int index) {
        return new When(name(index), end(index + 1));
    }

    RoundingMode roundingMode(int index) {
        return RoundingMode.valueOf(matching(index, "UP|DOWN|HALF_UP|HALF_DOWN|HALF_EVEN"));
    }

    LocalTime time(int index) {
        return LocalTime.parse(fields[index]);
    }

    /** Whether a time is one of the day, and not the end of it. */
    boolean isTime(int index) {
        return !fields[index].equals("24:00");
    }

    LocalTime endTime(int index) {
        return isTime(index) ? time(index) : LocalTime.MIDNIGHT;
    }
}
