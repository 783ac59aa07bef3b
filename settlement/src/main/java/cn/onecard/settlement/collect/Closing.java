package cn.onecard.settlement.collect;

import static cn.onecard.sql.tables.ledger.Tables.BUSINESS_CALENDAR;
import static cn.onecard.sql.tables.ledger.Tables.BUSINESS_DAY;
import static cn.onecard.sql.tables.ledger.Tables.POSTING_SHARD;

import cn.onecard.settlement.day.DayRun;
import cn.onecard.settlement.day.DayRuns;
import cn.onecard.settlement.day.Progress;
import cn.onecard.settlement.day.SettlementFailure;
import cn.onecard.settlement.day.Stage;
import cn.onecard.vocabulary.BusinessDate;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jooq.DSLContext;

/** Closes business days.
 *
 *  <p><b>The watermark.</b> Every posting transaction locks the row of its shard, stamps the date it finds there, and holds the
 *  lock until it has committed. Closing moves the calendar and every shard in one transaction, taking the same locks one by
 *  one. So when it has committed, whatever carries the old date has been committed as well, and nothing can follow. A new shard
 *  is made under the lock of the calendar, so none can be missed. Postings wait for the time of a few updates, no longer. */
public final class Closing {
    private static final int CALENDAR = 1;
    private static final int SALT_BYTES = 32;

    private final DSLContext dsl;
    private final Clock clock;
    private final SecureRandom random;
    private final Progress progress;

    public Closing(DSLContext dsl, Clock clock, SecureRandom random, Progress progress) {
        this.dsl = dsl;
        this.clock = clock;
        this.random = random;
        this.progress = progress;
    }

    /** The date that postings carry now.
     *
     *  @throws SettlementFailure if the books have not been opened yet */
    public BusinessDate openDate() {
        return openDate(dsl, false);
    }

    /** Closes a day. A day that is closed already is left as it is.
     *
     *  @throws SettlementFailure if the day lies after the open one */
    public ClosedDay close(BusinessDate date) {
        Optional<DayRun> before = new DayRuns(dsl).findRun(date);
        if (before.isEmpty()) {
            dsl.transaction(transaction -> moveWatermark(transaction.dsl(), date));
            progress.reached(Stage.CLOSED, "watermark", 1, 1);
        }
        DayRun run = new DayRuns(dsl).run(date);
        return new ClosedDay(run.date(), run.closedAt());
    }

    private void moveWatermark(DSLContext transaction, BusinessDate date) {
        BusinessDate open = openDate(transaction, true);
        if (date.compareTo(open) < 0) {
            if (new DayRuns(transaction).findRun(date).isEmpty()) {
                throw new SettlementFailure("business date " + date + " is not in the books; the open one is " + open);
            }
            return;   // somebody else closed it while we waited for the lock
        }
        if (date.compareTo(open) > 0) {
            throw new SettlementFailure("business date " + date + " cannot be closed before " + open + ", which is open");
        }
        BusinessDate next = open.next();
        transaction.update(BUSINESS_CALENDAR).set(BUSINESS_CALENDAR.OPEN_DATE, next)
                .where(BUSINESS_CALENDAR.CALENDAR_ID.eq(CALENDAR)).execute();
        for (String shard : transaction.select(POSTING_SHARD.SHARD_ID).from(POSTING_SHARD)
                .orderBy(POSTING_SHARD.SHARD_ID).fetch(POSTING_SHARD.SHARD_ID)) {
            transaction.update(POSTING_SHARD).set(POSTING_SHARD.OPEN_DATE, next)
                    .where(POSTING_SHARD.SHARD_ID.eq(shard)).execute();
        }
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant().truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC);
        int closed = transaction.update(BUSINESS_DAY).set(BUSINESS_DAY.CLOSED_AT, now)
                .where(BUSINESS_DAY.BUSINESS_DATE.eq(date)).execute();
        if (closed != 1) {
            throw new SettlementFailure("the open business date " + date + " has no row in business_day");
        }
        transaction.insertInto(BUSINESS_DAY).set(BUSINESS_DAY.BUSINESS_DATE, next).set(BUSINESS_DAY.OPENED_AT, now).execute();
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        DayRuns.begin(transaction, date, now, salt);
    }

    private static BusinessDate openDate(DSLContext dsl, boolean lock) {
        var query = dsl.select(BUSINESS_CALENDAR.OPEN_DATE).from(BUSINESS_CALENDAR)
                .where(BUSINESS_CALENDAR.CALENDAR_ID.eq(CALENDAR));
        return (lock ? query.forUpdate() : query).fetchOptional(BUSINESS_CALENDAR.OPEN_DATE)
                .orElseThrow(() -> new SettlementFailure("the books have no open business date yet: the core opens the first one"));
    }
}
