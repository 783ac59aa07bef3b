package cn.onecard.fare;

import cn.onecard.fare.NameRule.Area;
import cn.onecard.fare.NameRule.Currency;
import cn.onecard.fare.NameRule.DayException;
import cn.onecard.fare.NameRule.Group;
import cn.onecard.fare.NameRule.LineName;
import cn.onecard.fare.NameRule.Order;
import cn.onecard.fare.NameRule.Rounding;
import cn.onecard.fare.NameRule.StationName;
import cn.onecard.fare.NameRule.Timeframe;
import cn.onecard.fare.NameRule.Version;
import cn.onecard.fare.PriceRule.Action;
import cn.onecard.fare.PriceRule.Concession;
import cn.onecard.fare.PriceRule.Discount;
import cn.onecard.fare.PriceRule.Transfer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Makes a fare table of rules, and complains of the first that does not go with the others. */
final class TariffBuilder {
    private final FareBook.Builder fares = new FareBook.Builder();
    private final Reductions.Builder reductions = new Reductions.Builder();
    private final Map<String, List<Timeframe>> timeframes = new HashMap<>();
    private final Map<LocalDate, Boolean> days = new HashMap<>();
    private final Set<Object> named = new HashSet<>();
    private final List<Rule> rules = new ArrayList<>();
    private Optional<Version> version = Optional.empty();
    private Optional<Order> order = Optional.empty();
    private Optional<Rounding> rounding = Optional.empty();

    /** Complains of a rule by its place. */
    static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int index;

        Fault(int index, IllegalArgumentException cause) {
            super(cause.getMessage(), cause);
            this.index = index;
        }

        /** Which rule it was, counted from 0. */
        int index() {
            return index;
        }
    }

    /** The fare table of some rules.
     *
     *  @throws Fault if a rule does not go with the others
     *  @throws IllegalArgumentException if something is missing */
    static Tariff build(List<Rule> rules) {
        return new TariffBuilder().make(rules);
    }

    private Tariff make(List<Rule> given) {
        each(given, this::define);
        if (version.isEmpty()) {
            throw new IllegalArgumentException("no version");
        }
        Order steps = order.orElse(given.stream().anyMatch(Concession.class::isInstance) ? Order.STANDARD : Order.ROUND_ONLY);
        rules.add(version.get());
        rules.add(rounding.orElse(Rounding.STANDARD));
        rules.add(steps);
        given.stream().filter(rule -> !(rule instanceof Version || rule instanceof Rounding || rule instanceof Order)).forEach(rules::add);
        Times times = new Times(timeframes, new Calendar(days));
        each(given, rule -> connect(rule, steps, times));
        each(given, rule -> {
            if (rule instanceof Order it) {
                check(it, given);
            } else if (rule instanceof Discount it) {
                reductions.checkLast(it);
            }
        });
        return new Tariff(rules, fares.build(times), reductions.build(steps, rounding.orElse(Rounding.STANDARD), times));
    }

    private static void each(List<Rule> rules, Consumer<Rule> taker) {
        for (int i = 0; i < rules.size(); i++) {
            try {
                taker.accept(rules.get(i));
            } catch (IllegalArgumentException e) {
                throw new Fault(i, e);
            }
        }
    }

    private void define(Rule rule) {
        switch (rule) {
            case Version it -> version = once(version, it, "a second version");
            case Order it -> order = once(order, it, "a second order");
            case Rounding it -> rounding = once(rounding, it, "a second rounding");
            case Currency it -> name("currency", "a second currency");
            case StationName it -> {
                name(List.of("station", it.station()), "a second name for station " + it.station());
                name(List.of("station", it.name()), "a second station " + it.name());
            }
            case LineName it -> {
                name(List.of("line", it.scope()), "a second name for " + it.scope());
                name(List.of("line", it.scope().service(), it.name()), "a second line " + it.name());
            }
            case DayException it -> {
                if (days.putIfAbsent(it.day(), it.worked()) != null) {
                    throw new IllegalArgumentException("a second rule for " + it.day());
                }
            }
            case Timeframe it -> timeframes.computeIfAbsent(it.name(), key -> new ArrayList<>()).add(it);
            case Area it -> reductions.define(it);
            case Group it -> name(List.of("group", it.scope()), "a second group for " + it.scope());
            case FareRule it -> fares.define(it);
            case PriceRule it -> { }
        }
    }

    private void connect(Rule rule, Order steps, Times times) {
        switch (rule) {
            case FareRule it -> fares.connect(it, times);
            case PriceRule it -> reductions.add(it, steps, times);
            case NameRule it -> { }
        }
    }

    /** An order names each step once that there are rules for, makes fractions whole before it is at its end, and caps at last. */
    private static void check(Order order, List<Rule> rules) {
        List<StepKind> steps = order.steps();
        if (Set.copyOf(steps).size() != steps.size()) {
            throw new IllegalArgumentException("a step comes twice");
        }
        int round = steps.indexOf(StepKind.ROUND);
        if (round < 0) {
            throw new IllegalArgumentException("the order has no step round");
        }
        for (int i = 0; i < steps.size(); i++) {
            StepKind step = steps.get(i);
            boolean fractions = step == StepKind.DISCOUNT || step == StepKind.CONCESSION || step == StepKind.OFFPEAK || step == StepKind.REBATE
                    || (step == StepKind.TRANSFER && rules.stream().anyMatch(rule -> rule instanceof Transfer it
                            && it.action() == Action.PERCENT));
            if (fractions && i > round) {
                throw new IllegalArgumentException("after round, " + step.text() + " would leave fractions of a fen");
            }
            if (step == StepKind.CAP && i < steps.size() - 1) {
                throw new IllegalArgumentException("after cap, " + steps.get(i + 1).text() + " could exceed the cap");
            }
            if (step != StepKind.ROUND && rules.stream().noneMatch(rule -> rule instanceof PriceRule it && it.step() == step)) {
                throw new IllegalArgumentException("there are no rules for the step " + step.text());
            }
        }
    }

    private static <T> Optional<T> once(Optional<T> before, T now, String complaint) {
        if (before.isPresent()) {
            throw new IllegalArgumentException(complaint);
        }
        return Optional.of(now);
    }

    private void name(Object key, String complaint) {
        if (!named.add(key)) {
            throw new IllegalArgumentException(complaint);
        }
    }
}
