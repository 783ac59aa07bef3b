package cn.onecard.fare;

import cn.onecard.fare.FareRule.Band;
import cn.onecard.fare.FareRule.Declared;
import cn.onecard.fare.FareRule.Distance;
import cn.onecard.fare.FareRule.Flat;
import cn.onecard.fare.FareRule.Incomplete;
import cn.onecard.fare.FareRule.LineRule;
import cn.onecard.fare.FareRule.Link;
import cn.onecard.fare.FareRule.Matrix;
import cn.onecard.fare.FareRule.Pair;
import cn.onecard.fare.FareRule.Table;
import cn.onecard.fare.FareRule.Zone;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.RideKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fares of a fare table: which fare a ride begins with. */
final class FareBook {
    /** The rules of each line: one, or several tables. */
    private final Map<Scope, List<LineRule>> lines;
    private final Map<String, PairTable> matrices;
    private final Map<String, Network> networks;
    private final Map<Scope, Incomplete> incompletes;
    private final Times times;

    private FareBook(Builder builder, Times times) {
        this.lines = builder.lines;
        this.matrices = builder.matrices;
        this.networks = builder.networks;
        this.incompletes = builder.incompletes;
        this.times = times;
    }

    /** The fare of a ride. */
    Start find(Leg leg, CardKind kind) {
        List<LineRule> rules = rules(leg);
        if (rules.isEmpty()) {
            return noRule(leg);
        }
        if (leg.ride() == RideKind.ENTRY) {
            return Base.nothing(rules.getFirst());
        }
        return switch (rules.getFirst()) {
            case Flat flat -> Base.of(flat, flat.fare());
            case Declared declared -> Base.of(declared, min(leg.stated(), declared.ceiling()));
            case Table table -> isComplete(leg) ? byTables(rules, leg, kind) : incomplete(leg, kind);
            case Distance distance -> isComplete(leg) ? byDistance(distance, leg) : incomplete(leg, kind);
        };
    }

    /** All fares with which a ride may begin, for somebody who knows only one of its ends; none if there is no rule for it. */
    List<Base> list(Leg leg, CardKind kind) {
        List<LineRule> rules = rules(leg);
        if (rules.isEmpty()) {
            return List.of();
        }
        Set<Base> bases = new LinkedHashSet<>();
        if (leg.ride() == RideKind.ENTRY) {
            bases.add(Base.nothing(rules.getFirst()));
            findIncomplete(leg).ifPresent(rule -> bases.addAll(paidLater(rule, rules, kind)));
        } else if (isComplete(leg) || rules.getFirst() instanceof Flat || rules.getFirst() instanceof Declared) {
            if (find(leg, kind) instanceof Base base) {
                bases.add(base);
            }
        } else {
            rules.forEach(rule -> bases.addAll(open(rule, leg, kind)));
            if (incomplete(leg, kind) instanceof Base base) {
                bases.add(base);
            }
        }
        return List.copyOf(bases);
    }

    /** The fares of a rule for a ride of which an end is not known. */
    private List<Base> open(LineRule rule, Leg leg, CardKind kind) {
        if (rule instanceof Distance distance) {
            return network(distance).list();
        }
        return rule instanceof Table table && times.mayHold(table.when(), leg)
                ? matrix(table).list(leg.entry().map(Stop::station), leg.exit().map(Stop::station), kind) : List.of();
    }

    /** What an entry may have to pay for the ride before, which was never ended. */
    private List<Base> paidLater(Incomplete rule, List<LineRule> rules, CardKind kind) {
        List<Base> bases = new ArrayList<>();
        if (rule.fare().isPresent()) {
            bases.add(Base.of(rule, rule.fare().get()));
        } else {
            for (LineRule each : rules) {
                if (each instanceof Table table) {
                    bases.addAll(matrix(table).largestOfEach(kind));
                } else if (each instanceof Distance distance) {
                    bases.addAll(network(distance).list());
                }
            }
        }
        return bases.stream().map(base -> base.by(rule).changedOnlyBy(rule.steps())).toList();
    }

    private Start byTables(List<LineRule> rules, Leg leg, CardKind kind) {
        int entry = leg.entry().orElseThrow().station();
        int exit = leg.exit().orElseThrow().station();
        for (LineRule rule : rules) {
            if (rule instanceof Table table && times.holds(table.when(), leg)) {
                Optional<Base> base = matrix(table).find(entry, exit, kind);
                if (base.isPresent()) {
                    return base.get();
                }
            }
        }
        return new Unpriced("no fare from station " + entry + " to station " + exit);
    }

    private Start byDistance(Distance rule, Leg leg) {
        int entry = leg.entry().orElseThrow().station();
        int exit = leg.exit().orElseThrow().station();
        Optional<Base> base = network(rule).find(entry, exit);
        return base.isPresent() ? base.get() : new Unpriced("no way from station " + entry + " to station " + exit + " in " + rule.network());
    }

    private Start incomplete(Leg leg, CardKind kind) {
        Optional<Incomplete> rule = findIncomplete(leg);
        Optional<Base> base = rule.flatMap(found -> found.fare().isPresent() ? found.fare().map(fare -> Base.of(found, fare)) : largest(leg, kind));
        return base.isPresent() && rule.isPresent() ? base.get().by(rule.get()).changedOnlyBy(rule.get().steps())
                : new Unpriced("an end of the ride is missing, and there is no fare for incomplete rides of "
                        + new Scope(leg.service(), leg.line()));
    }

    private Optional<Base> largest(Leg leg, CardKind kind) {
        Optional<Integer> entry = leg.entry().map(Stop::station);
        Optional<Integer> exit = leg.exit().map(Stop::station);
        List<Base> bases = new ArrayList<>();
        for (LineRule rule : rules(leg)) {
            if (rule instanceof Table table) {
                bases.addAll(matrix(table).list(entry, exit, kind));
            } else if (rule instanceof Distance distance) {
                Optional<Integer> known = entry.or(() -> exit);
                bases.addAll(known.isPresent() ? network(distance).findLargest(known.get()).stream().toList() : network(distance).list());
            }
        }
        return bases.stream().max(Comparator.comparing(Base::full));
    }

    private List<LineRule> rules(Leg leg) {
        List<LineRule> own = lines.get(new Scope(leg.service(), leg.line()));
        return own != null ? own : lines.getOrDefault(Scope.whole(leg.service()), List.of());
    }

    private Optional<Incomplete> findIncomplete(Leg leg) {
        Incomplete own = incompletes.get(new Scope(leg.service(), leg.line()));
        return Optional.ofNullable(own != null ? own : incompletes.get(Scope.whole(leg.service())));
    }

    private static boolean isComplete(Leg leg) {
        return leg.entry().isPresent() && leg.exit().isPresent();
    }

    static Unpriced noRule(Leg leg) {
        return new Unpriced("no fare for " + new Scope(leg.service(), leg.line()));
    }

    private PairTable matrix(Table table) {
        return known(matrices, table.matrix());
    }

    private Network network(Distance distance) {
        return known(networks, distance.network());
    }

    private static <T> T known(Map<String, T> map, String name) {
        T value = map.get(name);
        if (value == null) {
            throw new IllegalStateException("the builder has checked " + name);
        }
        return value;
    }

    private static Money min(Money one, Money other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** Takes the rules one after the other: first all that others speak of, then the others. */
    static final class Builder {
        private final Map<Scope, List<LineRule>> lines = new HashMap<>();
        private final Map<String, PairTable> matrices = new HashMap<>();
        private final Map<String, Network> networks = new HashMap<>();
        private final Map<Scope, Incomplete> incompletes = new HashMap<>();

        /** Takes what others speak of.
         *
         *  @throws IllegalArgumentException if the rule does not go with those before it */
        void define(FareRule given) {
            switch (given) {
                case Matrix matrix -> {
                    if (matrices.putIfAbsent(matrix.name(), new PairTable(matrix)) != null) {
                        throw new IllegalArgumentException("a second matrix " + matrix.name());
                    }
                }
                case Zone zone -> matrix(zone.matrix()).add(zone);
                case Band band -> networks.computeIfAbsent(band.network(), Network::new).add(band);
                case Link link -> networks.computeIfAbsent(link.network(), Network::new).add(link);
                case LineRule rule -> line(rule);
                case Incomplete incomplete -> {
                    if (incompletes.putIfAbsent(incomplete.scope(), incomplete) != null) {
                        throw new IllegalArgumentException("a second rule for " + incomplete.scope());
                    }
                }
                case Pair pair -> { }
            }
        }

        /** Takes what speaks of others.
         *
         *  @throws IllegalArgumentException if it speaks of something that is not there */
        void connect(FareRule rule, Times times) {
            switch (rule) {
                case Pair pair -> matrix(pair.matrix()).add(pair);
                case Table table -> {
                    matrix(table.matrix());
                    table.when().ifPresent(times::check);
                }
                case Distance distance -> {
                    Network network = networks.get(distance.network());
                    if (network == null || !network.isComplete()) {
                        throw new IllegalArgumentException("the bands of " + distance.network() + " do not end with *");
                    }
                }
                case Incomplete incomplete -> {
                    boolean known = incomplete.scope().line() == Scope.ANY || lines.containsKey(incomplete.scope());
                    if (!known && !lines.containsKey(Scope.whole(incomplete.scope().service()))) {
                        throw new IllegalArgumentException("no fare for " + incomplete.scope());
                    }
                }
                case Matrix matrix -> { }
                case Zone zone -> { }
                case Band band -> { }
                case Link link -> { }
                case Flat flat -> { }
                case Declared declared -> { }
            }
        }

        private void line(LineRule rule) {
            List<LineRule> rules = lines.computeIfAbsent(rule.scope(), key -> new ArrayList<>());
            if (!rules.isEmpty() && !(rule instanceof Table && rules.getFirst() instanceof Table)) {
                throw new IllegalArgumentException("a second rule for " + rule.scope());
            }
            rules.add(rule);
        }

        private PairTable matrix(String name) {
            PairTable matrix = matrices.get(name);
            if (matrix == null) {
                throw new IllegalArgumentException("no matrix " + name);
            }
            return matrix;
        }

        FareBook build(Times times) {
            return new FareBook(this, times);
        }
    }
}
