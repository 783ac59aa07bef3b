package cn.onecard.settlement.flow;

import static cn.onecard.sql.tables.clearing.Tables.CLEARED_SHARE;
import static cn.onecard.sql.tables.clearing.Tables.NET_POSITION;
import static cn.onecard.sql.tables.ledger.Tables.BUSINESS_DAY;
import static cn.onecard.sql.tables.ledger.Tables.TAP_JOURNAL;
import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.vocabulary.BusinessDate;
import java.math.BigDecimal;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** What holds after every settled day, asked of the tables alone. */
sealed interface Invariant {
    List<Invariant> ALL = List.of(new MoneyIsConserved(), new NetSumsToZero(), new SharesAddUp(), new DayClosesOnce());

    void check(DSLContext dsl, BusinessDate date);

    /** What left the purses in the ledger is what parties and suspense are owed after netting. */
    final class MoneyIsConserved implements Invariant {
        @Override
        public void check(DSLContext dsl, BusinessDate date) {
            BigDecimal debited = dsl.select(DSL.coalesce(DSL.sum(TAP_JOURNAL.AMOUNT_FEN), BigDecimal.ZERO)).from(TAP_JOURNAL)
                    .where(TAP_JOURNAL.BUSINESS_DATE.eq(date)).fetchSingle().value1();
            BigDecimal owed = dsl.select(DSL.coalesce(DSL.sum(NET_POSITION.NET_FEN), BigDecimal.ZERO)).from(NET_POSITION)
                    .where(NET_POSITION.BUSINESS_DATE.eq(date), NET_POSITION.PARTY_ID.ne(0)).fetchSingle().value1();
            assertThat(owed).isEqualByComparingTo(debited);
        }
    }

    /** The positions of a day add up to zero. */
    final class NetSumsToZero implements Invariant {
        @Override
        public void check(DSLContext dsl, BusinessDate date) {
            BigDecimal sum = dsl.select(DSL.sum(NET_POSITION.NET_FEN)).from(NET_POSITION)
                    .where(NET_POSITION.BUSINESS_DATE.eq(date)).fetchSingle().value1();
            assertThat(sum).isEqualByComparingTo(BigDecimal.ZERO);
        }
    }

    /** The shares of each party and service add up to its gross, and the gross to what the ledger credited. */
    final class SharesAddUp implements Invariant {
        @Override
        public void check(DSLContext dsl, BusinessDate date) {
            BigDecimal gross = BigDecimal.ZERO;
            for (var row : dsl.select(CLEARED_SHARE.PARTY_ID, CLEARED_SHARE.SERVICE_CODE, CLEARED_SHARE.GROSS_FEN, DSL.sum(CLEARED_SHARE.SHARE_FEN))
                    .from(CLEARED_SHARE).where(CLEARED_SHARE.BUSINESS_DATE.eq(date))
                    .groupBy(CLEARED_SHARE.PARTY_ID, CLEARED_SHARE.SERVICE_CODE, CLEARED_SHARE.GROSS_FEN).fetch()) {
                assertThat(row.value4()).isEqualByComparingTo(BigDecimal.valueOf(row.value3()));
                gross = gross.add(row.value4());
            }
            BigDecimal credited = dsl.select(DSL.coalesce(DSL.sum(TAP_JOURNAL.AMOUNT_FEN), BigDecimal.ZERO)).from(TAP_JOURNAL)
                    .where(TAP_JOURNAL.BUSINESS_DATE.eq(date), TAP_JOURNAL.CREDIT_ACCOUNT.eq(2101)).fetchSingle().value1();
            assertThat(gross).isEqualByComparingTo(credited);
        }
    }

    /** The day is closed and the next one is the only one open. */
    final class DayClosesOnce implements Invariant {
        @Override
        public void check(DSLContext dsl, BusinessDate date) {
            assertThat(dsl.selectFrom(BUSINESS_DAY).where(BUSINESS_DAY.CLOSED_AT.isNull()).fetch(BUSINESS_DAY.BUSINESS_DATE))
                    .containsExactly(date.next());
            assertThat(dsl.fetchCount(BUSINESS_DAY, BUSINESS_DAY.BUSINESS_DATE.eq(date))).isOne();
        }
    }
}
