package cn.onecard.engine.api;

import static cn.onecard.sql.tables.ledger.Tables.API_CALLER;
import static cn.onecard.sql.tables.ledger.Tables.API_EVENT;

import cn.onecard.vocabulary.Utc;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** How far each webhook has been told, and who may tell it next. One node at a time has a webhook's turn, so that it is told
 *  everything in order. */
public final class WebhookTable {
    private final DSLContext dsl;

    public WebhookTable(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** A turn at a webhook.
     *
     *  @param after the latest event it has acknowledged
     *  @param tries failures since then */
    record Turn(String caller, URI address, long after, int tries) {}

    /** The callers that are to be told something now. */
    List<String> listDue(Instant now) {
        return dsl.select(API_CALLER.CALLER).from(API_CALLER).where(API_CALLER.ACTIVE.eq(1)).and(API_CALLER.WEBHOOK_URL.isNotNull())
                .and(API_CALLER.WEBHOOK_NEXT.le(Utc.of(now)))
                .and(DSL.exists(DSL.selectOne().from(API_EVENT).where(API_EVENT.CALLER.eq(API_CALLER.CALLER)).and(API_EVENT.EVENT_NO.gt(API_CALLER.WEBHOOK_AFTER))))
                .orderBy(API_CALLER.CALLER).fetch(API_CALLER.CALLER);
    }

    /** Takes the turn at a webhook; nobody else does until it is over.
     *
     *  @return empty if another node has it */
    Optional<Turn> take(String caller, Instant now, Instant until) {
        boolean mine = dsl.update(API_CALLER).set(API_CALLER.WEBHOOK_NEXT, Utc.of(until))
                .where(API_CALLER.CALLER.eq(caller)).and(API_CALLER.WEBHOOK_NEXT.le(Utc.of(now))).execute() == 1;
        return mine ? dsl.selectFrom(API_CALLER).where(API_CALLER.CALLER.eq(caller)).fetchOptional().flatMap(WebhookTable::turn) : Optional.empty();
    }

    /** An event is acknowledged, and the turn goes on. */
    void acknowledge(String caller, long eventNo, Instant until) {
        dsl.update(API_CALLER).set(API_CALLER.WEBHOOK_AFTER, eventNo).set(API_CALLER.WEBHOOK_TRIES, 0).set(API_CALLER.WEBHOOK_NEXT, Utc.of(until))
                .where(API_CALLER.CALLER.eq(caller)).execute();
    }

    /** The turn is over.
     *
     *  @param next nobody tells it anything before */
    void end(String caller, int tries, Instant next) {
        dsl.update(API_CALLER).set(API_CALLER.WEBHOOK_TRIES, tries).set(API_CALLER.WEBHOOK_NEXT, Utc.of(next))
                .where(API_CALLER.CALLER.eq(caller)).execute();
    }

    private static Optional<Turn> turn(Record row) {
        return Optional.ofNullable(row.get(API_CALLER.WEBHOOK_URL)).map(address ->
                new Turn(row.get(API_CALLER.CALLER), URI.create(address), row.get(API_CALLER.WEBHOOK_AFTER), row.get(API_CALLER.WEBHOOK_TRIES)));
    }
}
