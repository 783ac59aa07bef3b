package cn.onecard.engine.api;

import static cn.onecard.sql.tables.ledger.Tables.API_CALLER;
import static cn.onecard.sql.tables.ledger.Tables.API_EVENT;
import static cn.onecard.sql.tables.ledger.Tables.ORDER_STEP;
import static cn.onecard.sql.tables.ledger.Tables.PAY_ORDER;

import cn.onecard.engine.order.OrderState;
import cn.onecard.vocabulary.Utc;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.impl.DSL;

/** The steps of callers' orders, numbered for each caller.
 *
 *  <p><b>Nothing is missed.</b> Steps commit in another order than that of their times, so no mark of "seen up to here" would be
 *  safe. Instead steps of a stretch of time are looked through again and again, and those that have no number yet get the next.
 *  The numbers are given under the locks of the callers' rows, by one node at a time, so the numbers of a caller rise without gaps, and whoever has
 *  read up to a number has missed none below it. */
public final class EventTable {
    private static final int AT_ONCE = 1_000;

    private final DSLContext dsl;

    public EventTable(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** What happened to an order of a caller.
     *
     *  @param amountFen held, taken, set free or given back by it */
    record Event(long eventNo, String orderId, int stepNo, OrderState from, OrderState to, long amountFen, String actor, String reason, Instant at) {}

    /** Numbers steps that have none, the oldest first and at most a thousand.
     *
     *  @param since only steps that were asked for at this time or later
     *  @return how many were numbered */
    public int number(Instant since) {
        return dsl.transactionResult(transaction -> {
            DSLContext tx = transaction.dsl();
            List<String> callers = tx.select(API_CALLER.CALLER).from(API_CALLER).orderBy(API_CALLER.CALLER).forUpdate().fetch(API_CALLER.CALLER);
            Result<? extends Record> fresh = tx.select(PAY_ORDER.CALLER, ORDER_STEP.ORDER_ID, ORDER_STEP.STEP_NO).from(ORDER_STEP)
                    .join(PAY_ORDER).on(PAY_ORDER.ORDER_ID.eq(ORDER_STEP.ORDER_ID))
                    .leftJoin(API_EVENT).on(API_EVENT.ORDER_ID.eq(ORDER_STEP.ORDER_ID)).and(API_EVENT.STEP_NO.eq(ORDER_STEP.STEP_NO))
                    .where(ORDER_STEP.AT.ge(Utc.of(since))).and(PAY_ORDER.CALLER.in(callers)).and(API_EVENT.EVENT_NO.isNull())
                    .orderBy(ORDER_STEP.AT, ORDER_STEP.ORDER_ID, ORDER_STEP.STEP_NO).limit(AT_ONCE).fetch();
            Map<String, Long> latest = new HashMap<>();
            for (Record step : fresh) {
                String caller = step.get(PAY_ORDER.CALLER);
                long number = latest.computeIfAbsent(caller, name -> latest(tx, name)) + 1;
                latest.put(caller, number);
                tx.insertInto(API_EVENT).set(API_EVENT.CALLER, caller).set(API_EVENT.EVENT_NO, number)
                        .set(API_EVENT.ORDER_ID, step.get(ORDER_STEP.ORDER_ID)).set(API_EVENT.STEP_NO, step.get(ORDER_STEP.STEP_NO)).execute();
            }
            return fresh.size();
        });
    }

    private static long latest(DSLContext tx, String caller) {
        return tx.select(DSL.coalesce(DSL.max(API_EVENT.EVENT_NO), 0L)).from(API_EVENT).where(API_EVENT.CALLER.eq(caller)).fetchSingle().value1();
    }

    /** The events of a caller after a number, in their order. */
    List<Event> list(String caller, long after, int most) {
        return dsl.select(API_EVENT.EVENT_NO).select(ORDER_STEP.asterisk()).from(API_EVENT)
                .join(ORDER_STEP).on(ORDER_STEP.ORDER_ID.eq(API_EVENT.ORDER_ID)).and(ORDER_STEP.STEP_NO.eq(API_EVENT.STEP_NO))
                .where(API_EVENT.CALLER.eq(caller)).and(API_EVENT.EVENT_NO.gt(after)).orderBy(API_EVENT.EVENT_NO).limit(most).fetch(EventTable::event);
    }

    private static Event event(Record row) {
        return new Event(row.get(API_EVENT.EVENT_NO), HexFormat.of().formatHex(row.get(ORDER_STEP.ORDER_ID)), row.get(ORDER_STEP.STEP_NO),
                OrderState.byCode(row.get(ORDER_STEP.STATE_FROM)), OrderState.byCode(row.get(ORDER_STEP.STATE_TO)), row.get(ORDER_STEP.AMOUNT_FEN),
                row.get(ORDER_STEP.ACTOR), row.get(ORDER_STEP.REASON), Utc.instant(row.get(ORDER_STEP.AT)));
    }
}
