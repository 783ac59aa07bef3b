package cn.onecard.fare;

import cn.onecard.fare.FareRule.Matrix;
import cn.onecard.fare.FareRule.Pair;
import cn.onecard.fare.FareRule.Zone;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.Money;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A matrix with its zones and pairs. Filled by {@link FareBook.Builder} and then only read. */
final class PairTable {
    /** The stations that are in no zone and not named themselves. */
    static final String OTHERS = "*";

    private final Matrix matrix;
    private final Map<Integer, String> places = new HashMap<>();
    private final Map<String, Map<String, Pair>> byExit = new HashMap<>();

    PairTable(Matrix matrix) {
        this.matrix = matrix;
    }

    void add(Zone zone) {
        for (int station : zone.stations()) {
            if (places.putIfAbsent(station, zone.name()) != null) {
                throw new IllegalArgumentException("a second zone for station " + station + " in " + matrix.name());
            }
        }
    }

    /** Adds a pair, after all zones. */
    void add(Pair pair) {
        if (pair.fares().size() != matrix.kinds().size()) {
            throw new IllegalArgumentException("matrix " + matrix.name() + " has " + matrix.kinds().size() + " kinds of cards, not "
                    + pair.fares().size());
        }
        checkPlace(pair.from());
        checkPlace(pair.to());
        if (byExit.computeIfAbsent(pair.to(), to -> new HashMap<>()).putIfAbsent(pair.from(), pair) != null) {
            throw new IllegalArgumentException("a second fare from " + pair.from() + " to " + pair.to() + " in " + matrix.name());
        }
    }

    private void checkPlace(String place) {
        if (place.matches("\\d+")) {
            int station = Integer.parseInt(place);
            if (!places.getOrDefault(station, place).equals(place)) {
                throw new IllegalArgumentException("station " + place + " is in zone " + places.get(station));
            }
            places.put(station, place);
        } else if (!place.equals(OTHERS) && !places.containsValue(place)) {
            throw new IllegalArgumentException("no such zone in " + matrix.name() + ": " + place);
        }
    }

    private String place(int station) {
        return places.getOrDefault(station, OTHERS);
    }

    Optional<Base> find(int entry, int exit, CardKind kind) {
        Pair pair = byExit.getOrDefault(place(exit), Map.of()).get(place(entry));
        return Optional.ofNullable(pair).map(found -> base(found, kind));
    }

    /** The fares from an entry or to an exit, or all of them if neither is known. */
    List<Base> list(Optional<Integer> entry, Optional<Integer> exit, CardKind kind) {
        Collection<Map<String, Pair>> columns = exit.isPresent() ? List.of(byExit.getOrDefault(place(exit.get()), Map.of())) : byExit.values();
        Map<Object, Base> different = new HashMap<>();
        for (Map<String, Pair> column : columns) {
            Collection<Pair> pairs = column.values();
            if (entry.isPresent()) {
                Pair pair = column.get(place(entry.get()));
                pairs = pair == null ? List.of() : List.of(pair);
            }
            for (Pair pair : pairs) {
                different.putIfAbsent(List.of(pair.fares(), pair.group()), base(pair, kind));
            }
        }
        return inOrder(different.values());
    }

    /** The largest fare from each place. */
    List<Base> largestOfEach(CardKind kind) {
        Map<String, Base> largest = new HashMap<>();
        byExit.values().forEach(column -> column.forEach((from, pair) -> largest.merge(from, base(pair, kind),
                (one, other) -> one.full().compareTo(other.full()) >= 0 ? one : other)));
        return inOrder(largest.values());
    }

    /** So that an answer never depends on the order of a hash table. */
    private static List<Base> inOrder(Collection<Base> bases) {
        List<Base> ordered = new ArrayList<>(bases);
        ordered.sort(Comparator.comparing(Base::full).thenComparing(base -> base.rule().text()));
        return ordered;
    }

    private Base base(Pair pair, CardKind kind) {
        int column = matrix.kinds().indexOf(kind);
        Optional<Money> ofKind = column <= 0 ? Optional.empty() : Optional.of(pair.fares().get(column));
        return new Base(pair, pair.fares().getFirst(), ofKind, pair.group(), Optional.empty());
    }
}
