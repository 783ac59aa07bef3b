package cn.onecard.engine.post;

import static cn.onecard.sql.tables.ledger.Tables.BUSINESS_CALENDAR;
import static cn.onecard.sql.tables.ledger.Tables.BUSINESS_DAY;
import static cn.onecard.sql.tables.ledger.Tables.POSTING_SHARD;

import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.Utc;
import java.time.Instant;
import org.jooq.DSLContext;
import org.jooq.exception.NoDataFoundException;

/** The business calendar as the postings see it: the date that is open, and the shards that follow it. */
public final class Calendar {
    private static final int ONLY_ROW = 1;

    private final DSLContext dsl;

    public Calendar(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** The open business date; the books are begun with {@code first} if they never were.
     *
     *  @param now written as the moment of opening */
    public BusinessDate openOrBegin(BusinessDate first, Instant now) {
        return dsl.transactionResult(transaction -> {
            DSLContext in = transaction.dsl();
            in.insertInto(BUSINESS_CALENDAR, BUSINESS_CALENDAR.CALENDAR_ID, BUSINESS_CALENDAR.OPEN_DATE)
                    .values(ONLY_ROW, first).onDuplicateKeyIgnore().execute();
            BusinessDate open = lockedOpenDate(in);
            in.insertInto(BUSINESS_DAY, BUSINESS_DAY.BUSINESS_DATE, BUSINESS_DAY.OPENED_AT)
                    .values(open, Utc.of(now)).onDuplicateKeyIgnore().execute();
            return open;
        });
    }

    /** Makes a shard, with the open date, unless it is there. The lock on the calendar keeps a closing of the day from
     *  missing the new shard.
     *
     *  @throws NoDataFoundException if the books were never begun */
    public void openShard(String shard) {
        dsl.transaction(transaction -> {
            DSLContext in = transaction.dsl();
            BusinessDate open = lockedOpenDate(in);
            in.insertInto(POSTING_SHARD, POSTING_SHARD.SHARD_ID, POSTING_SHARD.OPEN_DATE)
                    .values(shard, open).onDuplicateKeyIgnore().execute();
        });
    }

    private static BusinessDate lockedOpenDate(DSLContext in) {
        return in.select(BUSINESS_CALENDAR.OPEN_DATE).from(BUSINESS_CALENDAR)
                .where(BUSINESS_CALENDAR.CALENDAR_ID.eq(ONLY_ROW)).forUpdate().fetchSingle().value1();
    }
}
