package cn.onecard.engine.boot;

import static cn.onecard.sql.tables.ledger.Tables.BUSINESS_CALENDAR;
import static cn.onecard.sql.tables.ledger.Tables.BUSINESS_DAY;
import static cn.onecard.sql.tables.ledger.Tables.POSTING_SHARD;

import cn.onecard.vocabulary.BusinessDate;
import java.time.LocalDateTime;
import org.jooq.DSLContext;

/** Closes a business day as settlement does it, in one transaction: the calendar, then every shard. */
final class DayChange {
    private DayChange() {}

    /** Closes the open day and opens the next. */
    static void close(DSLContext settlement, BusinessDate day) {
        settlement.transaction(transaction -> {
            DSLContext in = transaction.dsl();
            assertOpen(in, day);
            in.update(BUSINESS_CALENDAR).set(BUSINESS_CALENDAR.OPEN_DATE, day.next()).where(BUSINESS_CALENDAR.CALENDAR_ID.eq(1)).execute();
            for (String shard : in.select(POSTING_SHARD.SHARD_ID).from(POSTING_SHARD).fetch(POSTING_SHARD.SHARD_ID)) {
                in.update(POSTING_SHARD).set(POSTING_SHARD.OPEN_DATE, day.next()).where(POSTING_SHARD.SHARD_ID.eq(shard)).execute();
            }
            LocalDateTime noon = day.day().atTime(12, 0);
            in.update(BUSINESS_DAY).set(BUSINESS_DAY.CLOSED_AT, noon).where(BUSINESS_DAY.BUSINESS_DATE.eq(day)).execute();
            in.insertInto(BUSINESS_DAY, BUSINESS_DAY.BUSINESS_DATE, BUSINESS_DAY.OPENED_AT).values(day.next(), noon).execute();
        });
    }

    private static void assertOpen(DSLContext in, BusinessDate day) {
        BusinessDate open = in.select(BUSINESS_CALENDAR.OPEN_DATE).from(BUSINESS_CALENDAR)
                .where(BUSINESS_CALENDAR.CALENDAR_ID.eq(1)).forUpdate().fetchSingle().value1();
        if (!open.equals(day)) {
            throw new IllegalStateException("open is " + open + ", not " + day);
        }
    }
}
