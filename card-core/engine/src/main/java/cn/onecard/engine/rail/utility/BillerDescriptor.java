package cn.onecard.engine.rail.utility;

import cn.onecard.engine.rail.bill.BillFile;
import cn.onecard.engine.rail.bill.ColumnLayout;
import cn.onecard.engine.rail.descriptor.DescriptorFile;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** All that was agreed with a biller: one JSON file. A new biller is such a file, and no class.
 *
 *  @param biller name, letters, digits and {@code -}
 *  @param about who it is
 *  @param inputs what a customer has to say; the first one is the account
 *  @param rules what may be paid
 *  @param day when its day ends, and who makes the statement of it
 *  @param patience how long it may take
 *  @param codes what its codes mean
 *  @param layouts of its files, by the names of {@link BillFile}; ours where there is none
 *  @param link the way to it */
public record BillerDescriptor(String biller, About about, List<Input> inputs, Rules rules, Day day, Patience patience, CodeTable codes,
        Map<String, ColumnLayout> layouts, Link link) {

    /** What is supplied. */
    public enum Category {
        WATER, POWER, GAS, HEAT, TELECOM, TV, PROPERTY, FINE
    }

    /** In which order bills are to be paid. */
    public enum PayOrder {
        /** The oldest first. */
        OLDEST_FIRST,
        /** As the customer likes. */
        FREE
    }

    /** What a payment brings the customer. */
    public enum Fulfilment {
        NONE, TOKEN, CARD_SCRIPT
    }

    /** Who makes the statement of a day. */
    public enum StatementSide {
        AGENT_PUSH, BILLER_PULL
    }

    /** Who it is.
     *
     *  @param party who is paid
     *  @param serviceCode for what */
    public record About(String name, Category category, int party, int serviceCode) {
        public PartyId partyId() {
            return new PartyId(party);
        }
    }

    /** What a customer has to say.
     *
     *  @param regex what all of it looks like */
    public record Input(String name, String label, String regex) {
        boolean matches(String value) {
            return Pattern.matches(regex, value);
        }
    }

    /** What may be paid.
     *
     *  @param unitFen step or least amount, see {@link AmountRule}
     *  @param cancelUntil time of day until which a payment of the day can be taken back; empty: never */
    public record Rules(AmountRule.Kind amount, long unitFen, PayOrder order, String cancelUntil, Fulfilment fulfilment) {
        public AmountRule amountRule() {
            return new AmountRule(amount, Money.ofFen(unitFen));
        }
    }

    /** When its day ends.
     *
     *  @param cutoff time of day; 00:00: at midnight
     *  @param zone of it */
    public record Day(String cutoff, String zone, StatementSide statementSide) {
        /** What the calendar says there. */
        LocalDate dateAt(Instant moment) {
            return LocalDate.ofInstant(moment, ZoneId.of(zone));
        }

        /** The midnight there at which a date is over. */
        Instant midnightAfter(LocalDate date) {
            return date.plusDays(1).atStartOfDay(ZoneId.of(zone)).toInstant();
        }
    }

    /** How long it may take.
     *
     *  @param visibilitySeconds before that, a payment that is not found may still come */
    public record Patience(int connectMillis, int answerMillis, int visibilitySeconds) {
        public Duration connect() {
            return Duration.ofMillis(connectMillis);
        }

        public Duration answer() {
            return Duration.ofMillis(answerMillis);
        }

        public Duration visibility() {
            return Duration.ofSeconds(visibilitySeconds);
        }
    }

    public BillerDescriptor {
        inputs = List.copyOf(inputs);
        layouts = Map.copyOf(layouts);
        if (!biller.matches("[a-z0-9][a-z0-9-]{0,31}")) {
            throw new IllegalArgumentException("biller: not a name");
        }
        if (about.party() < 1 || about.serviceCode() < 1 || about.serviceCode() > Short.MAX_VALUE) {
            throw new IllegalArgumentException("about: no party or service");
        }
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("inputs: the first one is the account");
        }
        if (patience.connectMillis() < 1 || patience.answerMillis() < 1 || patience.visibilitySeconds() < 0) {
            throw new IllegalArgumentException("patience: an answer takes some time");
        }
        layouts.forEach((name, layout) -> BillFile.of(name).requireUsable(layout));
        requireReadable(inputs, rules, day);
    }

    private static void requireReadable(List<Input> inputs, Rules rules, Day day) {
        inputs.forEach(input -> requireReadable("input " + input.name(), () -> Pattern.compile(input.regex())));
        requireReadable("cutoff", () -> LocalTime.parse(day.cutoff()));
        requireReadable("zone", () -> ZoneId.of(day.zone()));
        requireReadable("unitFen", rules::amountRule);
        if (!rules.cancelUntil().isEmpty()) {
            requireReadable("cancelUntil", () -> LocalTime.parse(rules.cancelUntil()));
        }
    }

    private static void requireReadable(String what, Supplier<Object> reading) {
        try {
            Objects.requireNonNull(reading.get());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(what + ": " + e.getMessage(), e);
        }
    }

    /** The descriptor of a file.
     *
     *  @throws IllegalArgumentException if it is none, saying why */
    public static BillerDescriptor read(Path file) throws IOException {
        return DescriptorFile.read(file, BillerDescriptor.class);
    }

    /** The descriptor of a text.
     *
     *  @throws IllegalArgumentException if it is none, saying why */
    public static BillerDescriptor parse(String json) {
        return DescriptorFile.parse(json, BillerDescriptor.class);
    }

    /** How a file is written. */
    public ColumnLayout layout(BillFile file) {
        return layouts.getOrDefault(file.label(), file.layout());
    }

    /** How the statement of a day is written. */
    public ColumnLayout statementLayout() {
        return layout(BillFile.STATEMENT);
    }

    /** What is wrong with what a customer said, if anything.
     *
     *  @return the label of the first input that is missing or does not look right */
    public Optional<String> findWrongInput(BillQuery query) {
        String account = inputs.getFirst().name();
        return inputs.stream().filter(input -> !input.matches(input.name().equals(account) ? query.account() : query.inputs().getOrDefault(input.name(), "")))
                .map(Input::label).findFirst();
    }

    /** The day of the biller that a moment belongs to: from the cut-off on it is the next one. */
    public LocalDate dayOf(Instant moment) {
        LocalDateTime there = LocalDateTime.ofInstant(moment, ZoneId.of(day.zone()));
        LocalTime cutoff = LocalTime.parse(day.cutoff());
        return cutoff.equals(LocalTime.MIDNIGHT) || there.toLocalTime().isBefore(cutoff) ? there.toLocalDate() : there.toLocalDate().plusDays(1);
    }

    /** When a day of the biller ends. */
    public Instant endOf(LocalDate date) {
        LocalTime cutoff = LocalTime.parse(day.cutoff());
        return (cutoff.equals(LocalTime.MIDNIGHT) ? date.plusDays(1) : date).atTime(cutoff).atZone(ZoneId.of(day.zone())).toInstant();
    }

    /** Whether a payment can still be taken back: on its day, before the time of the rules. */
    public boolean canCancel(Instant paidAt, Instant now) {
        if (rules.cancelUntil().isEmpty() || now.isBefore(paidAt)) {
            return false;
        }
        ZoneId zone = ZoneId.of(day.zone());
        Instant end = paidAt.atZone(zone).toLocalDate().atTime(LocalTime.parse(rules.cancelUntil())).atZone(zone).toInstant();
        return now.isBefore(end);
    }
}
