package cn.onecard.fare;

import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.ServiceCode;
import java.util.Locale;
import java.util.Optional;

/** The rules that change a price on its way from the fare to the charge. */
sealed interface PriceRule extends Rule {
    /** The step at which the rule is applied. */
    StepKind step();

    /** The part of a fare up to an amount, above that of the rule before, costs so many percent.
     *
     *  @param kind empty: the kinds that have no rule of their own
     *  @param upToFen inclusive, or {@link #ENDLESS} */
    record Discount(Scope scope, Optional<CardKind> kind, long upToFen, int percent) implements PriceRule {
        static final long ENDLESS = Long.MAX_VALUE;

        @Override
        public StepKind step() {
            return StepKind.DISCOUNT;
        }

        @Override
        public String text() {
            return "discount," + scope.text() + "," + orAll(kind) + "," + (upToFen == ENDLESS ? "*" : upToFen) + "," + percent;
        }
    }

    /** What a kind of card pays, in percent.
     *
     *  @param scope empty: where the kind has no rule of its own */
    record Concession(CardKind kind, int percent, Optional<Scope> scope) implements PriceRule {
        @Override
        public StepKind step() {
            return StepKind.CONCESSION;
        }

        @Override
        public String text() {
            return "concession," + kind + "," + percent + scope.map(lines -> "," + lines.text()).orElse("");
        }
    }

    /** At some time, so many percent. Of several the first that applies counts.
     *
     *  @param area where that end of the ride must be; empty: anywhere */
    record OffPeak(Scope scope, When when, int percent, Optional<String> area) implements PriceRule {
        @Override
        public StepKind step() {
            return StepKind.OFFPEAK;
        }

        @Override
        public String text() {
            return "offpeak," + scope.text() + "," + when.text() + "," + percent + area.map(name -> "," + name).orElse("");
        }
    }

    /** Who has paid so much in the month pays so many percent from then on. */
    record Rebate(ServiceCode service, long fromFen, int percent) implements PriceRule {
        @Override
        public StepKind step() {
            return StepKind.REBATE;
        }

        @Override
        public String text() {
            return "rebate," + service + "," + fromFen + "," + percent;
        }
    }

    /** What a ride costs after another one.
     *
     *  @param from group of the ride before
     *  @param to group of the ride
     *  @param window in which it must follow
     *  @param kind the only kind of card that has it; empty: those without a rule of their own */
    record Transfer(String from, String to, Window window, Action action, long value, Optional<CardKind> kind) implements PriceRule {
        @Override
        public StepKind step() {
            return StepKind.TRANSFER;
        }

        @Override
        public String text() {
            return "transfer," + from + "," + to + "," + window.text() + "," + action.text() + (action.takesValue() ? "," + value : "")
                    + (window.otherLine() ? "," + Window.OTHER_LINE : "") + kind.map(card -> "," + card).orElse("");
        }
    }

    /** How soon a ride must follow another to be a transfer from it.
     *
     *  @param from where the time begins, on the ride before
     *  @param to where it ends, on this ride
     *  @param seconds the last second that counts, or {@link #ENDLESS}
     *  @param most how many rides in a row may be transfers, or {@link #ENDLESS}
     *  @param otherLine whether it must be on another line */
    record Window(RideEnd from, RideEnd to, int seconds, int most, boolean otherLine) {
        static final String OTHER_LINE = "otherline";
        static final int ENDLESS = Integer.MAX_VALUE;

        String text() {
            return from.name().toLowerCase(Locale.ROOT) + "," + to.name().toLowerCase(Locale.ROOT) + "," + orEndless(seconds) + "," + orEndless(most);
        }

        private static String orEndless(int value) {
            return value == ENDLESS ? "*" : Integer.toString(value);
        }
    }

    /** What a transfer makes of a price. */
    enum Action {
        /** Nothing is due. */
        FREE,
        /** So many fen are due, whatever the ride would cost. */
        FIXED,
        /** So many fen less. */
        LESS,
        /** So many fen more. */
        MORE,
        /** So many percent. */
        PERCENT,
        /** Both rides together cost so many fen. */
        TOTAL,
        /** Of both rides only the dearer one is paid. */
        DEARER;

        boolean takesValue() {
            return this != FREE && this != DEARER;
        }

        /** Whether it needs to be known what was paid before. */
        boolean needsPaid() {
            return this == TOTAL || this == DEARER;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Action of(String text) {
            for (Action action : values()) {
                if (action.text().equals(text)) {
                    return action;
                }
            }
            throw new IllegalArgumentException("no such transfer: " + text);
        }
    }

    /** The most that is paid in a period.
     *
     *  @param service empty: all together
     *  @param kind empty: any kind of card */
    record Cap(Period period, Optional<ServiceCode> service, Optional<CardKind> kind, Money most) implements PriceRule {
        @Override
        public StepKind step() {
            return StepKind.CAP;
        }

        boolean covers(ServiceCode riding, CardKind card) {
            return service.filter(one -> one != riding).isEmpty() && kind.filter(one -> one != card).isEmpty();
        }

        @Override
        public String text() {
            return "cap," + period.name().toLowerCase(Locale.ROOT) + "," + orAll(service) + "," + orAll(kind) + "," + most.fen();
        }
    }

    private static String orAll(Optional<? extends Enum<?>> value) {
        return value.map(Enum::name).orElse("*");
    }
}
