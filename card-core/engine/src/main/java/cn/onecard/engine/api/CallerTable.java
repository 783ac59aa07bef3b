package cn.onecard.engine.api;

import static cn.onecard.sql.tables.ledger.Tables.API_CALLER;

import cn.onecard.vocabulary.PartyId;
import cn.onecard.vocabulary.Utc;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;

/** The callers, as rows. */
public final class CallerTable {
    private final DSLContext dsl;

    public CallerTable(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** Adds a caller.
     *
     *  @return false if the name was given before, be it to one that is revoked */
    public boolean add(Caller caller, Instant now) {
        return dsl.insertInto(API_CALLER).set(API_CALLER.CALLER, caller.name()).set(API_CALLER.PARTY_ID, caller.party().value())
                .set(API_CALLER.PUBLIC_KEY, caller.publicKey().bytes()).set(API_CALLER.SCOPES, Scope.format(caller.scopes()))
                .set(API_CALLER.PER_SECOND, caller.perSecond()).set(API_CALLER.WEBHOOK_URL, caller.webhook().map(URI::toString).orElse(null))
                .set(API_CALLER.WEBHOOK_AFTER, 0L).set(API_CALLER.WEBHOOK_NEXT, Utc.of(now)).set(API_CALLER.WEBHOOK_TRIES, 0)
                .set(API_CALLER.ACTIVE, 1).set(API_CALLER.CREATED_AT, Utc.of(now))
                .onConflict(API_CALLER.CALLER).doNothing().execute() == 1;
    }

    /** Gives a caller another key.
     *
     *  @return false if there is no such caller */
    public boolean setKey(String name, PublicKeyBytes key) {
        return dsl.update(API_CALLER).set(API_CALLER.PUBLIC_KEY, key.bytes()).where(API_CALLER.CALLER.eq(name)).and(API_CALLER.ACTIVE.eq(1)).execute() == 1;
    }

    /** Lets a caller in no more; its name is never given again, because its orders bear it.
     *
     *  @return false if there is no such caller */
    public boolean revoke(String name) {
        return dsl.update(API_CALLER).set(API_CALLER.ACTIVE, 0).where(API_CALLER.CALLER.eq(name)).and(API_CALLER.ACTIVE.eq(1)).execute() == 1;
    }

    /** Those that are not revoked, by name. */
    public List<Caller> list() {
        return dsl.selectFrom(API_CALLER).where(API_CALLER.ACTIVE.eq(1)).orderBy(API_CALLER.CALLER).fetch(CallerTable::caller);
    }

    private static Caller caller(Record row) {
        return new Caller(row.get(API_CALLER.CALLER), new PartyId(row.get(API_CALLER.PARTY_ID)), PublicKeyBytes.ofBytes(row.get(API_CALLER.PUBLIC_KEY)),
                Scope.parse(row.get(API_CALLER.SCOPES)), row.get(API_CALLER.PER_SECOND),
                Optional.ofNullable(row.get(API_CALLER.WEBHOOK_URL)).map(URI::create));
    }
}
