package cn.onecard.settlement.day;

import static cn.onecard.sql.tables.clearing.Tables.DAY_RUN;

import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.Money;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;

/** The rows that say where each night stands. A stage moves its day on in the transaction that completes its work, so a row
 *  never says more than is true. */
public final class DayRuns {
    private final DSLContext dsl;

    public DayRuns(DSLContext dsl) {
        this.dsl = dsl;
    }

    public Optional<DayRun> findRun(BusinessDate date) {
        return dsl.selectFrom(DAY_RUN).where(DAY_RUN.BUSINESS_DATE.eq(date)).fetchOptional(DayRuns::read);
    }

    /** The night of a day that is closed.
     *
     *  @throws SettlementFailure if it is not */
    public DayRun run(BusinessDate date) {
        return findRun(date).orElseThrow(() -> new SettlementFailure("business date " + date + " is not closed"));
    }

    /** All nights, in the order of their dates. */
    public List<DayRun> listRuns() {
        return dsl.selectFrom(DAY_RUN).orderBy(DAY_RUN.BUSINESS_DATE).fetch(DayRuns::read);
    }

    /** Checks that every earlier day has come as far: what a stage carries on goes from day to day.
     *
     *  @throws SettlementFailure if one has not */
    public void requireEarlierDays(BusinessDate date, Stage stage) {
        for (DayRun run : listRuns()) {
            if (run.date().compareTo(date) < 0 && !run.stage().hasPassed(stage)) {
                throw new SettlementFailure("business date " + run.date() + " comes before " + date + " and is not " + stage.name().toLowerCase(Locale.ROOT)
                        + " yet: run it first");
            }
        }
    }

    /** The secret that orders the cards of the day. */
    public byte[] cardSalt(BusinessDate date) {
        return dsl.select(DAY_RUN.CARD_SALT).from(DAY_RUN).where(DAY_RUN.BUSINESS_DATE.eq(date)).fetchSingle().value1();
    }

    /** Begins the night of a day, inside the transaction that closes it.
     *
     *  @param cardSalt 32 random bytes */
    public static void begin(DSLContext transaction, BusinessDate date, LocalDateTime closedAt, byte[] cardSalt) {
        transaction.insertInto(DAY_RUN)
                .set(DAY_RUN.BUSINESS_DATE, date)
                .set(DAY_RUN.STAGE_CODE, Stage.CLOSED.code())
                .set(DAY_RUN.CLOSED_AT, closedAt)
                .set(DAY_RUN.CARD_SALT, cardSalt)
                .set(DAY_RUN.TAP_COUNT, 0L)
                .set(DAY_RUN.ACCEPTED_FEN, 0L)
                .set(DAY_RUN.SUSPENSE_FEN, 0L)
                .set(DAY_RUN.FEE_VERSION, 0)
                .set(DAY_RUN.MERKLE_ROOT, Sha256.NONE.bytes())
                .execute();
    }

    /** Moves a day on by one stage, inside the transaction that completes it. A day that has moved on already stays.
     *
     *  @param values the columns that the stage has found out */
    public static void advance(DSLContext transaction, BusinessDate date, Stage stage, Map<Field<?>, Object> values) {
        transaction.update(DAY_RUN)
                .set(DAY_RUN.STAGE_CODE, stage.code())
                .set(values)
                .where(DAY_RUN.BUSINESS_DATE.eq(date), DAY_RUN.STAGE_CODE.eq(stage.code() - 1))
                .execute();
    }

    private static DayRun read(Record row) {
        return new DayRun(row.get(DAY_RUN.BUSINESS_DATE), Stage.byCode(row.get(DAY_RUN.STAGE_CODE)), row.get(DAY_RUN.CLOSED_AT),
                row.get(DAY_RUN.TAP_COUNT), Money.ofFen(row.get(DAY_RUN.ACCEPTED_FEN)), Money.ofFen(row.get(DAY_RUN.SUSPENSE_FEN)),
                row.get(DAY_RUN.FEE_VERSION), Sha256.ofValue(row.get(DAY_RUN.MERKLE_ROOT)));
    }
}
