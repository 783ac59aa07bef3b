package cn.onecard.fare;

import cn.onecard.fare.FareRule.Band;
import cn.onecard.fare.FareRule.Declared;
import cn.onecard.fare.FareRule.Distance;
import cn.onecard.fare.FareRule.Flat;
import cn.onecard.fare.FareRule.Incomplete;
import cn.onecard.fare.FareRule.Link;
import cn.onecard.fare.FareRule.Matrix;
import cn.onecard.fare.FareRule.Pair;
import cn.onecard.fare.FareRule.Table;
import cn.onecard.fare.FareRule.Zone;
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
import cn.onecard.fare.PriceRule.Cap;
import cn.onecard.fare.PriceRule.Concession;
import cn.onecard.fare.PriceRule.Discount;
import cn.onecard.fare.PriceRule.OffPeak;
import cn.onecard.fare.PriceRule.Rebate;
import cn.onecard.fare.PriceRule.Transfer;
import cn.onecard.fare.PriceRule.Window;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.Money;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the text form of a fare table. The matrices say how many fares a pair has, so a matrix comes before its pairs. */
final class TariffReader {
    private final Map<String, Integer> kindsOfMatrix = new HashMap<>();

    private TariffReader() {}

    static Tariff read(String name, String text) {
        TariffReader reader = new TariffReader();
        List<Rule> rules = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        int number = 0;
        for (String raw : text.split("\n", -1)) {
            number++;
            int comment = raw.indexOf('#');
            String line = (comment < 0 ? raw : raw.substring(0, comment)).strip();
            if (line.isEmpty()) {
                continue;
            }
            try {
                rules.add(reader.rule(new RuleFields(line)));
                lines.add(number);
            } catch (IllegalArgumentException | DateTimeException e) {
                throw new IllegalArgumentException(name + ", line " + number + ": " + e.getMessage(), e);
            }
        }
        try {
            return TariffBuilder.build(rules);
        } catch (TariffBuilder.Fault e) {
            throw new IllegalArgumentException(name + ", line " + lines.get(e.index()) + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private Rule rule(RuleFields f) {
        return switch (f.keyword()) {
            case "version", "currency", "rounding", "order", "station", "line", "restday", "workday", "timeframe", "area", "group" -> nameRule(f);
            case "discount", "concession", "offpeak", "rebate", "transfer", "cap" -> priceRule(f);
            default -> fareRule(f);
        };
    }

    private static NameRule nameRule(RuleFields f) {
        return switch (f.keyword()) {
            case "version" -> new Version(f.take(1).positive(1));
            case "currency" -> new Currency(f.take(1).matching(1, "[A-Z]{3}"));
            case "rounding" -> new Rounding(f.take(2).roundingMode(1), f.positive(2));
            case "order" -> new Order(f.takeAtLeast(1).steps(1));
            case "station" -> new StationName(f.take(2).natural(1), f.some(2));
            case "line" -> new LineName(new Scope(f.take(3).service(1), f.natural(2)), f.some(3));
            case "restday" -> new DayException(LocalDate.parse(f.take(1).some(1)), false);
            case "workday" -> new DayException(LocalDate.parse(f.take(1).some(1)), true);
            case "timeframe" -> timeframe(f.take(4));
            case "area" -> new Area(f.take(2).name(1), f.stations(2));
            default -> new Group(f.take(3).name(1), f.scope(2));
        };
    }

    private static Timeframe timeframe(RuleFields f) {
        Timeframe frame = new Timeframe(f.name(1), Days.of(f.some(2)), f.time(3), f.endTime(4));
        if (f.isTime(4) && !frame.from().isBefore(frame.to())) {
            throw new IllegalArgumentException("a timeframe that ends before it begins");
        }
        return frame;
    }

    private FareRule fareRule(RuleFields f) {
        return switch (f.keyword()) {
            case "flat" -> new Flat(f.take(3).scope(1), f.money(3));
            case "declared" -> new Declared(f.take(3).scope(1), f.money(3));
            case "matrix" -> matrix(f.takeAtLeast(2));
            case "zone" -> new Zone(f.take(3).name(1), f.name(2), f.stations(3));
            case "pair" -> pair(f.takeAtLeast(4));
            case "table" -> new Table(f.takeEither(3, 5).scope(1), f.name(3), f.count() == 3 ? Optional.empty() : Optional.of(f.when(4)));
            case "distance" -> new Distance(f.take(3).scope(1), f.name(3));
            case "link" -> new Link(f.take(4).name(1), f.natural(2), f.natural(3), f.natural(4));
            case "band" -> new Band(f.take(3).name(1), f.isStar(2) ? Band.ENDLESS : f.natural(2), f.money(3));
            case "incomplete" -> new Incomplete(f.takeAtLeast(3).scope(1),
                    f.some(3).equals("largest") ? Optional.empty() : Optional.of(f.money(3)), f.steps(4));
            default -> throw new IllegalArgumentException("no such rule: " + f.keyword());
        };
    }

    private Matrix matrix(RuleFields f) {
        List<CardKind> kinds = f.kinds(2);
        if (kinds.getFirst() != CardKind.ORDINARY || kinds.stream().distinct().count() != kinds.size()) {
            throw new IllegalArgumentException("a matrix has ORDINARY first, and each kind once");
        }
        Matrix matrix = new Matrix(f.name(1), kinds);
        kindsOfMatrix.put(matrix.name(), kinds.size());
        return matrix;
    }

    private Pair pair(RuleFields f) {
        Integer kinds = kindsOfMatrix.get(f.name(1));
        if (kinds == null) {
            throw new IllegalArgumentException("no matrix " + f.name(1) + " before this line");
        }
        f.takeEither(3 + kinds, 4 + kinds);
        List<Money> fares = new ArrayList<>();
        for (int i = 0; i < kinds; i++) {
            fares.add(f.money(4 + i));
        }
        return new Pair(f.name(1), f.place(2), f.place(3), List.copyOf(fares), f.count() == 3 + kinds ? Optional.empty() : Optional.of(f.name(4 + kinds)));
    }

    private static PriceRule priceRule(RuleFields f) {
        return switch (f.keyword()) {
            case "discount" -> new Discount(f.take(5).scope(1), f.kindOrAll(3), f.isStar(4) ? Discount.ENDLESS : f.natural(4), f.percent(5));
            case "concession" -> new Concession(f.takeEither(2, 4).kind(1), f.percent(2), f.count() == 2 ? Optional.empty() : Optional.of(f.scope(3)));
            case "offpeak" -> new OffPeak(f.takeEither(5, 6).scope(1), f.when(3), f.percent(5), f.count() == 5 ? Optional.empty() : Optional.of(f.name(6)));
            case "rebate" -> new Rebate(f.take(3).service(1), f.natural(2), f.percent(3));
            case "transfer" -> transfer(f.takeAtLeast(7));
            default -> new Cap(f.take(4).period(1), f.serviceOrAll(2), f.kindOrAll(3), f.money(4));
        };
    }

    private static Transfer transfer(RuleFields f) {
        Action action = Action.of(f.some(7));
        int next = action.takesValue() ? 9 : 8;
        boolean otherLine = f.count() >= next && f.some(next).equals(Window.OTHER_LINE);
        if (otherLine) {
            next++;
        }
        if (f.count() < next - 1 || f.count() > next) {
            throw new IllegalArgumentException("'" + action.text() + "' takes " + (action.takesValue() ? "a value" : "no value")
                    + ", then perhaps otherline and a kind of card");
        }
        Window window = new Window(f.end(3), f.end(4), f.isStar(5) ? Window.ENDLESS : f.natural(5), f.isStar(6) ? Window.ENDLESS : f.positive(6), otherLine);
        int value = action == Action.PERCENT ? f.percent(8) : action.takesValue() ? f.natural(8) : 0;
        return new Transfer(f.name(1), f.name(2), window, action, value, f.count() < next ? Optional.empty() : Optional.of(f.kind(next)));
    }
}
