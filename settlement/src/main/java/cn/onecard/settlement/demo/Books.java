package cn.onecard.settlement.demo;

import static cn.onecard.sql.tables.ledger.Tables.BUSINESS_DAY;
import static cn.onecard.sql.tables.ledger.Tables.TAP_EVIDENCE;
import static cn.onecard.sql.tables.ledger.Tables.TAP_JOURNAL;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.sum;

import cn.onecard.vocabulary.BusinessDate;
import java.math.BigDecimal;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Record2;

/** What the ledger itself says of a day, asked of the database and of nobody else.
 *
 *  @param accepted taps credited to parties
 *  @param acceptedFen their sum
 *  @param suspect taps in suspense
 *  @param suspenseFen their sum
 *  @param conflict frames kept as evidence of a conflict
 *  @param forged frames kept as evidence of forgery */
record Books(long accepted, long acceptedFen, long suspect, long suspenseFen, long conflict, long forged) {
    private static final int CREDIT_PARTIES = 2101;
    private static final int CREDIT_SUSPENSE = 2901;

    /** Whether a business day was ever opened. */
    static boolean hasDays(DSLContext sql) {
        return sql.fetchExists(BUSINESS_DAY);
    }

    static Books of(DSLContext sql, BusinessDate day) {
        Record2<Integer, BigDecimal> accepted = side(sql, day, CREDIT_PARTIES);
        Record2<Integer, BigDecimal> suspect = side(sql, day, CREDIT_SUSPENSE);
        Map<Integer, Integer> evidence = sql.select(TAP_EVIDENCE.OUTCOME_CODE.cast(Integer.class), count()).from(TAP_EVIDENCE)
                .where(TAP_EVIDENCE.BUSINESS_DATE.eq(day)).groupBy(TAP_EVIDENCE.OUTCOME_CODE)
                .fetchMap(r -> r.value1(), r -> r.value2());
        return new Books(accepted.value1(), accepted.value2().longValueExact(), suspect.value1(),
                suspect.value2().longValueExact(), evidence.getOrDefault(1, 0), evidence.getOrDefault(2, 0));
    }

    private static Record2<Integer, BigDecimal> side(DSLContext sql, BusinessDate day, int account) {
        return sql.select(count(), coalesce(sum(TAP_JOURNAL.AMOUNT_FEN), BigDecimal.ZERO)).from(TAP_JOURNAL)
                .where(TAP_JOURNAL.BUSINESS_DATE.eq(day)).and(TAP_JOURNAL.CREDIT_ACCOUNT.eq(account)).fetchSingle();
    }
}
