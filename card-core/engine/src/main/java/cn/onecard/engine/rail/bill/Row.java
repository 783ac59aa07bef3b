package cn.onecard.engine.rail.bill;

import cn.onecard.vocabulary.Money;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The values of one line, by the names of their columns. Immutable. {@link #toString()} shows the names alone. */
public final class Row {
    private final Map<String, String> values;

    private Row(Map<String, String> values) {
        this.values = values;
    }

    /** A row in the making. */
    public static Builder of() {
        return new Builder();
    }

    static Row of(Map<String, String> values) {
        return new Row(new LinkedHashMap<>(values));
    }

    /** Collects values. */
    public static final class Builder {
        private final Map<String, String> values = new LinkedHashMap<>();

        private Builder() {}

        public Builder set(String column, String value) {
            values.put(column, value);
            return this;
        }

        public Builder set(String column, Money amount) {
            return set(column, Long.toString(amount.fen()));
        }

        public Builder set(String column, LocalDate day) {
            return set(column, day.format(DateTimeFormatter.BASIC_ISO_DATE));
        }

        public Row build() {
            return Row.of(values);
        }
    }

    /** A value.
     *
     *  @throws MalformedFile if the layout has no such column */
    public String text(String column) {
        return find(column).orElseThrow(() -> new MalformedFile("no column " + column));
    }

    /** A value, if the layout has that column. */
    public Optional<String> find(String column) {
        return Optional.ofNullable(values.get(column));
    }

    /** A value of a column of fen. */
    public Money money(String column) {
        return Money.ofFen(Long.parseLong(text(column)));
    }

    /** A value of a column of days. */
    public LocalDate day(String column) {
        return LocalDate.parse(text(column), DateTimeFormatter.BASIC_ISO_DATE);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Row row && values.equals(row.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return "row " + values.keySet();
    }
}
