package cn.onecard.fare;

import cn.onecard.fare.NameRule.Order;
import cn.onecard.fare.NameRule.Rounding;
import cn.onecard.fare.Price.Step;
import cn.onecard.fare.PriceRule.Cap;
import cn.onecard.fare.PriceRule.Concession;
import cn.onecard.fare.PriceRule.Discount;
import cn.onecard.fare.PriceRule.OffPeak;
import cn.onecard.fare.PriceRule.Rebate;
import cn.onecard.fare.PriceRule.Transfer;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.ServiceCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The steps of a fare table: what becomes of a fare until it is a charge.
 *
 *  <p>Between two steps a price is an exact fraction. It is made whole where the order of the table says {@code round}, and nowhere
 *  else. */
final class Reductions {
    private final Order order;
    private final Rounding rounding;
    private final Map<DiscountKey, List<Discount>> discounts;
    private final Map<ConcessionKey, Concession> concessions;
    private final List<OffPeak> offPeaks;
    private final Map<ServiceCode, List<Rebate>> rebates;
    private final Map<TransferKey, Transfer> transfers;
    private final Map<String, List<Transfer>> transfersTo;
    private final List<Cap> caps;
    private final Map<String, Set<Integer>> areas;
    private final Times times;

    private Reductions(Builder builder, Order order, Rounding rounding, Times times) {
        this.order = order;
        this.rounding = rounding;
        this.discounts = builder.discounts;
        this.concessions = builder.concessions;
        this.offPeaks = builder.offPeaks;
        this.rebates = builder.rebates;
        this.transfers = builder.transfers;
        this.transfersTo = builder.transfersTo;
        this.caps = builder.caps;
        this.areas = builder.areas;
        this.times = times;
    }

    private record DiscountKey(Scope scope, Optional<CardKind> kind) {}

    private record ConcessionKey(CardKind kind, Optional<Scope> scope) {}

    private record TransferKey(String from, String to, Optional<CardKind> kind) {}

    /** What the price of a ride depends on, but for the fare.
     *
     *  @param group of the ride
     *  @param previous the ride before, if there is a transfer
     *  @param paid empty: not known, and no cap is applied */
    record Facts(Leg leg, CardKind kind, String group, Optional<OffPeak> offPeak, Optional<Rebate> rebate, Optional<Transfer> transfer,
            Optional<PastRide> previous, Optional<PaidBefore> paid) {}

    /** What is known of a ride decides. */
    Facts facts(Journey journey, String group, Optional<String> previousGroup) {
        Leg leg = journey.leg();
        Optional<Transfer> transfer = journey.previous()
                .flatMap(past -> previousGroup.flatMap(from -> findTransfer(from, group, journey.kind())).filter(rule -> follows(rule, past, leg)));
        return new Facts(leg, journey.kind(), group, offPeaks.stream().filter(rule -> holds(rule, leg)).findFirst(),
                findRebate(leg.service(), journey.paid()), transfer, journey.previous(), Optional.of(journey.paid()));
    }

    /** What is not known of a ride may have been this or that: all of it. */
    List<Facts> possible(Leg leg, CardKind kind, String group) {
        List<Facts> all = new ArrayList<>();
        for (Optional<OffPeak> offPeak : possibleOffPeaks(leg)) {
            for (Optional<Rebate> rebate : orNone(rebates.getOrDefault(leg.service(), List.of()))) {
                for (Optional<Transfer> transfer : orNone(transfersTo(group, kind))) {
                    all.add(new Facts(leg, kind, group, offPeak, rebate, transfer, Optional.empty(), Optional.empty()));
                }
            }
        }
        return all;
    }

    /** Whether what a card did before may lower its price to any amount. */
    boolean mayLowerToAnything(Leg leg, CardKind kind, String group) {
        return caps.stream().anyMatch(cap -> cap.covers(leg.service(), kind))
                || transfersTo(group, kind).stream().anyMatch(rule -> rule.action().needsPaid());
    }

    private Optional<Transfer> findTransfer(String from, String to, CardKind kind) {
        Transfer own = transfers.get(new TransferKey(from, to, Optional.of(kind)));
        return Optional.ofNullable(own != null ? own : transfers.get(new TransferKey(from, to, Optional.empty())));
    }

    private List<Transfer> transfersTo(String group, CardKind kind) {
        return transfersTo.getOrDefault(group, List.of()).stream().filter(rule -> findTransfer(rule.from(), group, kind).equals(Optional.of(rule))).toList();
    }

    private List<Optional<OffPeak>> possibleOffPeaks(Leg leg) {
        List<Optional<OffPeak>> possible = new ArrayList<>();
        for (OffPeak rule : offPeaks) {
            if (holds(rule, leg)) {
                possible.add(Optional.of(rule));
                return possible;                    // none after it can be reached
            }
            if (isOf(rule, leg) && leg.find(rule.when().end()).isEmpty()) {
                possible.add(Optional.of(rule));
            }
        }
        possible.add(Optional.empty());
        return possible;
    }

    private static <T> List<Optional<T>> orNone(List<T> rules) {
        return Stream.concat(Stream.of(Optional.<T>empty()), rules.stream().map(Optional::of)).toList();
    }

    private boolean holds(OffPeak rule, Leg leg) {
        return isOf(rule, leg) && times.holds(rule.when(), leg) && rule.area().filter(area -> leg.find(rule.when().end())
                .filter(stop -> areas.getOrDefault(area, Set.of()).contains(stop.station())).isEmpty()).isEmpty();
    }

    private static boolean isOf(OffPeak rule, Leg leg) {
        return rule.scope().service() == leg.service() && (rule.scope().line() == Scope.ANY || rule.scope().line() == leg.line());
    }

    private static boolean follows(Transfer rule, PastRide past, Leg leg) {
        Optional<Stop> from = past.leg().find(rule.window().from());
        Optional<Stop> to = leg.find(rule.window().to());
        boolean sameLine = past.leg().service() == leg.service() && past.leg().line() == leg.line();
        if (from.isEmpty() || to.isEmpty() || past.transfers() >= rule.window().most() || (sameLine && rule.window().otherLine())) {
            return false;
        }
        return !to.get().at().isBefore(from.get().at())
                && (rule.window().seconds() == PriceRule.Window.ENDLESS || !from.get().at().plusSeconds(rule.window().seconds()).isBefore(to.get().at()));
    }

    private Optional<Rebate> findRebate(ServiceCode service, PaidBefore paid) {
        long fen = paid.in(Period.MONTH, Optional.of(service)).fen();
        return rebates.getOrDefault(service, List.of()).stream().filter(rule -> rule.fromFen() <= fen).reduce((lower, higher) -> higher);
    }

    /** The price of a ride. */
    Price price(Base base, Facts facts) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(base.rule(), ExactFen.of(base.full())));
        ExactFen due = ExactFen.of(base.ofKind().orElse(base.full()));
        if (base.ofKind().isPresent()) {
            steps.add(new Step(base.rule(), due));
        }
        for (StepKind step : order.steps()) {
            if (base.mayBeChangedBy(step) || step == StepKind.ROUND) {
                due = apply(step, base, facts, due, steps);
            }
        }
        boolean transferred = facts.transfer().isPresent() && base.mayBeChangedBy(StepKind.TRANSFER);
        int transfers = transferred ? 1 + facts.previous().map(PastRide::transfers).orElse(0) : 0;
        return new Price(base.full(), due.money(), facts.group(), transfers, steps);
    }

    private ExactFen apply(StepKind step, Base base, Facts facts, ExactFen due, List<Step> steps) {
        return switch (step) {
            case DISCOUNT -> discounted(facts, due, steps);
            case CONCESSION -> {
                Optional<Concession> rule = base.ofKind().isPresent() ? Optional.empty() : findConcession(facts);
                yield rule.map(found -> taken(found, due.percent(found.percent()), steps)).orElse(due);
            }
            case OFFPEAK -> facts.offPeak().map(rule -> taken(rule, due.percent(rule.percent()), steps)).orElse(due);
            case REBATE -> facts.rebate().map(rule -> taken(rule, due.percent(rule.percent()), steps)).orElse(due);
            case TRANSFER -> facts.transfer().map(rule -> taken(rule, transferred(rule, facts, due), steps)).orElse(due);
            case ROUND -> {
                ExactFen rounded = due.rounded(rounding.mode(), rounding.unitFen());
                yield rounded.equals(due) ? due : taken(rounding, rounded, steps);
            }
            case CAP -> capped(facts, due, steps);
        };
    }

    private static ExactFen taken(Rule rule, ExactFen due, List<Step> steps) {
        steps.add(new Step(rule, due));
        return due;
    }

    private ExactFen discounted(Facts facts, ExactFen due, List<Step> steps) {
        List<Discount> slices = slices(facts);
        if (slices.isEmpty() || due.equals(ExactFen.ZERO)) {
            return due;
        }
        ExactFen sum = ExactFen.ZERO;
        ExactFen counted = ExactFen.ZERO;
        Discount last = slices.getFirst();
        for (Discount slice : slices) {
            if (counted.compareTo(due) >= 0) {
                break;
            }
            ExactFen upTo = slice.upToFen() == Discount.ENDLESS ? due : due.min(new ExactFen(slice.upToFen(), 1));
            sum = sum.plus(upTo.minus(counted).percent(slice.percent()));
            counted = upTo;
            last = slice;
        }
        return taken(last, sum, steps);
    }

    private List<Discount> slices(Facts facts) {
        Scope own = new Scope(facts.leg().service(), facts.leg().line());
        Scope whole = Scope.whole(facts.leg().service());
        for (Scope scope : List.of(own, whole)) {
            for (Optional<CardKind> kind : List.of(Optional.of(facts.kind()), Optional.<CardKind>empty())) {
                List<Discount> slices = discounts.get(new DiscountKey(scope, kind));
                if (slices != null) {
                    return slices;
                }
            }
        }
        return List.of();
    }

    private Optional<Concession> findConcession(Facts facts) {
        Scope own = new Scope(facts.leg().service(), facts.leg().line());
        for (Optional<Scope> scope : List.of(Optional.of(own), Optional.of(Scope.whole(own.service())), Optional.<Scope>empty())) {
            Concession rule = concessions.get(new ConcessionKey(facts.kind(), scope));
            if (rule != null) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    private static ExactFen transferred(Transfer rule, Facts facts, ExactFen due) {
        ExactFen value = new ExactFen(rule.value(), 1);
        ExactFen paid = ExactFen.of(facts.previous().map(PastRide::paid).orElse(Money.ZERO));
        return switch (rule.action()) {
            case FREE -> ExactFen.ZERO;
            case FIXED -> value;
            case LESS -> due.minus(value).notNegative();
            case MORE -> due.plus(value);
            case PERCENT -> due.percent((int) rule.value());
            case TOTAL -> value.minus(paid).notNegative();
            case DEARER -> due.minus(paid).notNegative();
        };
    }

    private ExactFen capped(Facts facts, ExactFen due, List<Step> steps) {
        if (facts.paid().isEmpty()) {
            return due;
        }
        ExactFen left = due;
        for (Cap cap : caps) {
            ExactFen most = ExactFen.of(cap.most().minus(facts.paid().get().in(cap.period(), cap.service()))).notNegative();
            if (cap.covers(facts.leg().service(), facts.kind()) && most.compareTo(left) < 0) {
                left = taken(cap, most, steps);
            }
        }
        return left;
    }

    /** Takes the rules one after the other. */
    static final class Builder {
        private final Map<DiscountKey, List<Discount>> discounts = new HashMap<>();
        private final Map<ConcessionKey, Concession> concessions = new HashMap<>();
        private final List<OffPeak> offPeaks = new ArrayList<>();
        private final Map<ServiceCode, List<Rebate>> rebates = new HashMap<>();
        private final Map<TransferKey, Transfer> transfers = new HashMap<>();
        private final Map<String, List<Transfer>> transfersTo = new HashMap<>();
        private final List<Cap> caps = new ArrayList<>();
        private final Map<String, Set<Integer>> areas = new HashMap<>();

        void define(NameRule.Area area) {
            areas.computeIfAbsent(area.name(), name -> new HashSet<>()).addAll(area.stations());
        }

        /** Takes a rule.
         *
         *  @throws IllegalArgumentException if it does not go with those before it, or there is no such step */
        void add(PriceRule rule, Order order, Times times) {
            if (!order.steps().contains(rule.step())) {
                throw new IllegalArgumentException("the order has no step " + rule.step().text());
            }
            switch (rule) {
                case Discount discount -> add(discount);
                case Concession concession -> once(concessions.putIfAbsent(new ConcessionKey(concession.kind(), concession.scope()), concession) == null,
                        concession.kind() + concession.scope().map(scope -> ", " + scope).orElse(""));
                case OffPeak offPeak -> {
                    times.check(offPeak.when());
                    if (offPeak.area().filter(area -> !areas.containsKey(area)).isPresent()) {
                        throw new IllegalArgumentException("no area " + offPeak.area().get());
                    }
                    offPeaks.add(offPeak);
                }
                case Rebate rebate -> {
                    List<Rebate> rising = rebates.computeIfAbsent(rebate.service(), service -> new ArrayList<>());
                    if (!rising.isEmpty() && rebate.fromFen() <= rising.getLast().fromFen()) {
                        throw new IllegalArgumentException("the rebates of " + rebate.service() + " do not rise");
                    }
                    rising.add(rebate);
                }
                case Transfer transfer -> {
                    once(transfers.putIfAbsent(new TransferKey(transfer.from(), transfer.to(), transfer.kind()), transfer) == null,
                            "transfers from " + transfer.from() + " to " + transfer.to());
                    transfersTo.computeIfAbsent(transfer.to(), to -> new ArrayList<>()).add(transfer);
                }
                case Cap cap -> {
                    once(caps.stream().noneMatch(other -> other.period() == cap.period() && other.service().equals(cap.service())
                            && other.kind().equals(cap.kind())), "this cap");
                    caps.add(cap);
                }
            }
        }

        private void add(Discount discount) {
            List<Discount> slices = discounts.computeIfAbsent(new DiscountKey(discount.scope(), discount.kind()), key -> new ArrayList<>());
            if (!slices.isEmpty() && discount.upToFen() <= slices.getLast().upToFen()) {
                throw new IllegalArgumentException("the slices of " + discount.scope() + " do not rise");
            }
            slices.add(discount);
        }

        /** Complains of a slice with which its slices end too early. */
        void checkLast(Discount slice) {
            List<Discount> slices = discounts.getOrDefault(new DiscountKey(slice.scope(), slice.kind()), List.of());
            if (slice.upToFen() != Discount.ENDLESS && slices.getLast().equals(slice)) {
                throw new IllegalArgumentException("the slices of " + slice.scope() + " do not end with *");
            }
        }

        private static void once(boolean first, String what) {
            if (!first) {
                throw new IllegalArgumentException("a second rule for " + what);
            }
        }

        Reductions build(Order order, Rounding rounding, Times times) {
            return new Reductions(this, order, rounding, times);
        }
    }
}
