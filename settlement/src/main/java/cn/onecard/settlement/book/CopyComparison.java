package cn.onecard.settlement.book;

import cn.onecard.settlement.day.Progress;
import cn.onecard.settlement.day.Stage;
import cn.onecard.vocabulary.BusinessDate;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Lays the ledger's rows of a day beside their copies in card order, both in the order of terminal and sequence, and names
 *  every row and column in which they differ. Two streams, one row of each at a time. */
final class CopyComparison {
    private static final long TOLD_EVERY = 100_000;
    private static final String KEY = "psam_no, psam_seq";
    private static final List<String> COLUMNS = List.of("card_no", "card_counter", "amount_fen", "full_fare_fen", "balance_before_fen",
            "event_at", "reason_code", "party_id", "service_code", "line_no", "station_no", "ride_kind", "card_kind");

    private final DSLContext dsl;
    private final Progress progress;

    CopyComparison(DSLContext dsl, Progress progress) {
        this.dsl = dsl;
        this.progress = progress;
    }

    /** Compares a day.
     *
     *  @return the terminals that have a row with a difference */
    Set<Long> compare(BusinessDate date, Discrepancies found) {
        try (Cursor<Record> ledger = open("ledger.tap_journal", date); Cursor<Record> copy = open("clearing.sealed_tap", date)) {
            return merge(ledger.iterator(), copy.iterator(), found);
        }
    }

    private Set<Long> merge(Iterator<Record> ledger, Iterator<Record> copy, Discrepancies found) {
        Set<Long> terminals = new HashSet<>();
        Optional<Record> left = next(ledger);
        Optional<Record> right = next(copy);
        long rows = 0;
        while (left.isPresent() || right.isPresent()) {
            int order = compareKeys(left, right);
            String difference;
            if (order < 0) {
                difference = "stands in the ledger and not in its sealed copy";
            } else if (order > 0) {
                difference = "is missing in the ledger; its sealed copy is there";
            } else {
                difference = differences(left.orElseThrow(), right.orElseThrow());
            }
            if (!difference.isEmpty()) {
                Record row = order <= 0 ? left.orElseThrow() : right.orElseThrow();
                terminals.add(psamNo(row));
                found.add("PSAM " + Verification.hex(psamNo(row)) + " sequence " + psamSeq(row) + " " + difference);
            }
            left = order <= 0 ? next(ledger) : left;
            right = order >= 0 ? next(copy) : right;
            if (++rows % TOLD_EVERY == 0) {
                progress.reached(Stage.PUBLISHED, "rows compared", rows, 0);
            }
        }
        return terminals;
    }

    private Cursor<Record> open(String table, BusinessDate date) {
        String sql = "SELECT " + KEY + ", " + String.join(", ", COLUMNS) + " FROM " + table
                + " WHERE business_date = ? ORDER BY " + KEY;
        return dsl.resultQuery(sql, date.day()).fetchSize(Integer.MIN_VALUE).fetchLazy();
    }

    private static Optional<Record> next(Iterator<Record> rows) {
        return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
    }

    private static int compareKeys(Optional<Record> left, Optional<Record> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return left.isEmpty() ? 1 : -1;
        }
        int psams = Long.compare(psamNo(left.get()), psamNo(right.get()));
        return psams != 0 ? psams : Long.compare(psamSeq(left.get()), psamSeq(right.get()));
    }

    private static String differences(Record ledger, Record copy) {
        StringBuilder text = new StringBuilder();
        for (String column : COLUMNS) {
            if (!Objects.deepEquals(ledger.get(column), copy.get(column))) {
                text.append(text.isEmpty() ? "" : ", ").append(column).append(" is ").append(show(column, ledger.get(column)))
                        .append(" in the ledger and ").append(show(column, copy.get(column))).append(" in its sealed copy");
            }
        }
        return text.toString();
    }

    /** A card number shows its first six and last four digits only, whatever stands in the row. */
    private static String show(String column, @Nullable Object value) {
        if (column.equals("card_no") && value instanceof byte[] bytes) {
            String digits = HexFormat.of().formatHex(bytes);
            return digits.substring(0, 6) + "**********" + digits.substring(digits.length() - 4);
        }
        return String.valueOf(value);
    }

    private static long psamNo(Record row) {
        return row.get("psam_no", Long.class);
    }

    private static long psamSeq(Record row) {
        return row.get("psam_seq", Long.class);
    }
}
