package cn.onecard.fare;

import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.RideKind;
import cn.onecard.vocabulary.ServiceCode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One version of the city's fare table (票价表): a rule for a line, or for a whole service, and what each kind of card pays
 *  of it. Entries to the metro cost nothing; the fare is due at the exit.
 *
 *  <p>Text form, one rule a line, comma separated, {@code #} starts a comment:
 *  <pre>
 *  version,3
 *  flat,BUS,12,200         line 12 costs 200 fen, whoever rides it
 *  flat,METRO,*,400        every other metro line costs 400 fen
 *  declared,BUS,*,2000     the terminal states the full fare; it may be up to 2000 fen
 *  concession,SENIOR,0     this kind pays 0 % of the full fare; kinds not named pay 100 %
 *  </pre> */
public final class Tariff {
    private final int version;
    private final Map<Line, Rule> rules;
    private final Map<CardKind, Integer> concessionPercent;

    private Tariff(int version, Map<Line, Rule> rules, Map<CardKind, Integer> concessionPercent) {
        this.version = version;
        this.rules = Map.copyOf(rules);
        this.concessionPercent = Map.copyOf(concessionPercent);
    }

    /** Reads a fare table.
     *
     *  @throws IllegalArgumentException naming the line that is no rule */
    public static Tariff parse(String text) {
        Integer version = null;
        Map<Line, Rule> rules = new HashMap<>();
        Map<CardKind, Integer> concessions = new HashMap<>();
        int number = 0;
        for (String raw : text.split("\n", -1)) {
            number++;
            String line = raw.replaceFirst("#.*", "").strip();
            if (line.isEmpty()) {
                continue;
            }
            String[] f = line.split("\\s*,\\s*", -1);
            try {
                switch (f[0]) {
                    case "version" -> version = onlyOnce(version, positive(exactly(f, 2)[1]));
                    case "flat" -> putOnce(rules, line(exactly(f, 4)), new Rule.Flat(Money.ofFen(natural(f[3]))));
                    case "declared" -> putOnce(rules, line(exactly(f, 4)), new Rule.Declared(Money.ofFen(natural(f[3]))));
                    case "concession" -> putOnce(concessions, CardKind.valueOf(exactly(f, 3)[1]), percent(f[2]));
                    default -> throw new IllegalArgumentException("no such rule: " + f[0]);
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("fare table, line " + number + ": " + e.getMessage(), e);
            }
        }
        if (version == null) {
            throw new IllegalArgumentException("fare table: no version");
        }
        return new Tariff(version, rules, concessions);
    }

    public int version() {
        return version;
    }

    /** The full fare of a ride, before any concession, or empty if this table has no rule for the line.
     *
     *  @param stated the full fare the terminal states; it counts only where the rule leaves it to the terminal */
    public Optional<Money> findFullFare(ServiceCode service, int line, RideKind ride, Money stated) {
        return findRule(service, line).map(rule -> ride == RideKind.ENTRY ? Money.ZERO : switch (rule) {
            case Rule.Flat flat -> flat.fare();
            case Rule.Declared declared -> stated.compareTo(declared.ceiling()) <= 0 ? stated : declared.ceiling();
        });
    }

    /** Whether the terminal itself states the fare of that line, so that a charge below it is its own affair. */
    public boolean isDeclared(ServiceCode service, int line) {
        return findRule(service, line).filter(rule -> rule instanceof Rule.Declared).isPresent();
    }

    /** What a kind of card pays of a full fare; half a fen is rounded up. */
    public Money charge(Money fullFare, CardKind kind) {
        return fullFare.percent(concessionPercent.getOrDefault(kind, 100));
    }

    private Optional<Rule> findRule(ServiceCode service, int line) {
        Rule exact = rules.get(new Line(service, line));
        return Optional.ofNullable(exact != null ? exact : rules.get(new Line(service, Line.ANY)));
    }

    private static int onlyOnce(@Nullable Integer before, int version) {
        if (before != null) {
            throw new IllegalArgumentException("a second version");
        }
        return version;
    }

    private static Line line(String[] fields) {
        return new Line(ServiceCode.valueOf(fields[1]), fields[2].equals("*") ? Line.ANY : natural(fields[2]));
    }

    private static String[] exactly(String[] fields, int count) {
        if (fields.length != count) {
            throw new IllegalArgumentException("'" + fields[0] + "' takes " + (count - 1) + " values, not " + (fields.length - 1));
        }
        return fields;
    }

    private static int natural(String text) {
        int value = Integer.parseInt(text);
        if (value < 0) {
            throw new IllegalArgumentException("negative: " + text);
        }
        return value;
    }

    private static int positive(String text) {
        int value = natural(text);
        if (value == 0) {
            throw new IllegalArgumentException("must be at least 1");
        }
        return value;
    }

    private static int percent(String text) {
        int value = natural(text);
        if (value > 100) {
            throw new IllegalArgumentException("above 100 %: " + text);
        }
        return value;
    }

    private static <K, V> void putOnce(Map<K, V> map, K key, V value) {
        if (map.putIfAbsent(key, value) != null) {
            throw new IllegalArgumentException("a second rule for " + key);
        }
    }

    /** A line of a service, or all its other lines. */
    private record Line(ServiceCode service, int number) {
        private static final int ANY = -1;

        @Override
        public String toString() {
            return service + (number == ANY ? ", all other lines" : ", line " + number);
        }
    }

    /** How the full fare of a line comes about. */
    private sealed interface Rule {
        /** One fare for every ride (一票制). */
        record Flat(Money fare) implements Rule {}

        /** The terminal knows the fare from a table that is not loaded here; only a ceiling is checked. */
        record Declared(Money ceiling) implements Rule {}
    }
}
