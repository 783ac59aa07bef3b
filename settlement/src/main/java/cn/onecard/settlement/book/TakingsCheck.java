package cn.onecard.settlement.book;

import cn.onecard.vocabulary.BusinessDate;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jooq.DSLContext;

/** Adds up what each party took, straight from the ledger, and compares with what was cleared. */
final class TakingsCheck {
    private static final String LEDGER = """
            SELECT party_id, service_code, COUNT(*) AS tap_count, CAST(SUM(amount_fen) AS SIGNED) AS gross_fen
            FROM ledger.tap_journal WHERE business_date = ? AND reason_code = 0 GROUP BY party_id, service_code
            """;
    private static final String CLEARED = """
            SELECT DISTINCT party_id, service_code, tap_count, gross_fen FROM clearing.cleared_share WHERE business_date = ?
            """;
    private static final String PAID_IN_LEDGER = """
            SELECT party_id, service_code, COUNT(*) AS item_count, CAST(-SUM(amount_fen) AS SIGNED) AS gross_fen FROM ledger.account_entry
            WHERE business_date = ? AND amount_fen <> 0 AND (debit_account = 2101 OR credit_account = 2101) GROUP BY party_id, service_code
            """;
    private static final String PAID_CLEARED = """
            SELECT party_id, service_code, CAST(SUM(item_count) AS SIGNED) AS item_count, CAST(SUM(gross_fen) AS SIGNED) AS gross_fen FROM (
              SELECT DISTINCT source_code, fee_version, party_id, service_code, item_count, gross_fen
              FROM clearing.cleared_payment WHERE business_date = ?) cleared
            GROUP BY party_id, service_code
            """;

    private final DSLContext dsl;

    TakingsCheck(DSLContext dsl) {
        this.dsl = dsl;
    }

    void check(BusinessDate date, Discrepancies found) {
        compare(read(LEDGER, "tap_count", "taps", date), read(CLEARED, "tap_count", "taps", date), found);
        compare(read(PAID_IN_LEDGER, "item_count", "payments and refunds", date), read(PAID_CLEARED, "item_count", "payments and refunds", date), found);
    }

    private static void compare(Map<String, String> ledger, Map<String, String> cleared, Discrepancies found) {
        Map<String, String> all = new TreeMap<>(cleared);
        all.putAll(ledger);
        for (String whose : all.keySet()) {
            String left = ledger.getOrDefault(whose, "nothing");
            String right = cleared.getOrDefault(whose, "nothing");
            if (!Objects.equals(left, right)) {
                found.add(whose + " took " + left + " by the ledger; cleared was " + right);
            }
        }
    }

    private Map<String, String> read(String sql, String count, String what, BusinessDate date) {
        Map<String, String> takings = new TreeMap<>();
        dsl.resultQuery(sql, date.day()).forEach(row -> takings.merge(
                "party " + row.get("party_id") + ", service " + row.get("service_code") + ",",
                row.get("gross_fen") + " fen in " + row.get(count) + " " + what, (one, other) -> one + " and " + other));
        return takings;
    }
}
