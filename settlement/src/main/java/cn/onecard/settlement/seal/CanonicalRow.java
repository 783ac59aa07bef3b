package cn.onecard.settlement.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The bytes that a row is sealed as: every column, one behind the other, in the order of its list.
 *
 *  <pre>
 *  number   8 bytes, big-endian, two's complement
 *  date     8 bytes, days since 1970-01-01
 *  time     1 byte, 1 if there is a time and 0 if not; then 8 bytes, milliseconds from 1970-01-01T00:00 as the clock shows
 *           it, 0 if there is no time
 *  binary   as it is; its length is the column's
 *  text     4 bytes, how many follow, big-endian; UTF-8
 *  </pre>
 *
 *  A column that is added to a table later is added at the end, and a day is sealed with the columns of its time: the lists
 *  below only ever grow. */
final class CanonicalRow {
    private enum Kind { NUMBER, DATE, TIME, BINARY, TEXT }

    private record Column(String name, Kind kind, int length) {}

    /** Of a tap in the journal. */
    private static final List<Column> TAP = List.of(
            date("business_date"), number("psam_no"), number("psam_seq"), binary("card_no", 10), number("card_counter"),
            number("amount_fen"), number("full_fare_fen"), number("balance_before_fen"), time("event_at"), number("event_bcd"),
            time("received_at"), number("debit_account"), number("credit_account"), number("reason_code"), number("party_id"),
            number("service_code"), number("line_no"), number("station_no"), number("ride_kind"), number("txn_type"),
            number("card_class"), number("card_kind"), number("key_version"), number("algorithm_byte"), number("tariff_version"),
            binary("tac", 4), number("flags"), number("terminal_serial"), binary("frame_digest", 16));
    /** Of an entry of an account (e), with the step of its order (s). */
    private static final List<Column> ENTRY = List.of(
            date("e.business_date"), binary("e.card_no", 10), number("e.kind_code"), number("e.entry_no"), binary("e.order_id", 16), number("e.step_no"),
            number("e.amount_fen"), number("e.held_change_fen"), number("e.balance_after_fen"), number("e.held_after_fen"), number("e.debit_account"),
            number("e.credit_account"), number("e.party_id"), number("e.service_code"), time("e.at"), number("s.state_from"), number("s.state_to"),
            number("s.amount_fen"), text("s.actor", 64), text("s.reason", 80), date("s.business_date"), time("s.at"));

    private final List<Column> columns;
    private final ByteBuffer buffer;

    private CanonicalRow(List<Column> columns) {
        this.columns = columns;
        this.buffer = ByteBuffer.allocate(columns.stream().mapToInt(Column::length).sum());
    }

    static CanonicalRow ofTap() {
        return new CanonicalRow(TAP);
    }

    static CanonicalRow ofEntry() {
        return new CanonicalRow(ENTRY);
    }

    /** The columns in their order, for a SELECT. */
    String columns() {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    /** Where a column stands in a row of {@link #columns()}, from 1. */
    int position(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("there is no column " + name);
    }

    /** The bytes of the row that the result set stands on. */
    byte[] encode(ResultSet row) throws SQLException {
        buffer.clear();
        for (int i = 0; i < columns.size(); i++) {
            put(columns.get(i), row, i + 1);
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private void put(Column column, ResultSet row, int position) throws SQLException {
        switch (column.kind()) {
            case NUMBER -> buffer.putLong(row.getLong(position));
            case DATE -> buffer.putLong(row.getObject(position, LocalDate.class).toEpochDay());
            case TIME -> {
                Optional<LocalDateTime> time = Optional.ofNullable(row.getObject(position, LocalDateTime.class));
                buffer.put((byte) (time.isPresent() ? 1 : 0));
                buffer.putLong(time.map(t -> t.toInstant(ZoneOffset.UTC).toEpochMilli()).orElse(0L));
            }
            case BINARY -> {
                byte[] bytes = row.getBytes(position);
                if (bytes.length != column.length()) {
                    throw new SQLException("column " + column.name() + " has " + bytes.length + " bytes, not " + column.length());
                }
                buffer.put(bytes);
            }
            case TEXT -> {
                byte[] bytes = row.getString(position).getBytes(StandardCharsets.UTF_8);
                buffer.putInt(bytes.length).put(bytes);
            }
        }
    }

    private static Column number(String name) {
        return new Column(name, Kind.NUMBER, Long.BYTES);
    }

    private static Column date(String name) {
        return new Column(name, Kind.DATE, Long.BYTES);
    }

    private static Column time(String name) {
        return new Column(name, Kind.TIME, 1 + Long.BYTES);
    }

    private static Column binary(String name, int length) {
        return new Column(name, Kind.BINARY, length);
    }

    /** A text.
     *
     *  @param characters at most; UTF-8 has up to four bytes for each */
    private static Column text(String name, int characters) {
        return new Column(name, Kind.TEXT, Integer.BYTES + 4 * characters);
    }
}
