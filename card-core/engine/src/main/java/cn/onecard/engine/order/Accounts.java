package cn.onecard.engine.order;

import static cn.onecard.sql.tables.ledger.Tables.ACCOUNT_ENTRY;
import static cn.onecard.sql.tables.ledger.Tables.PAY_ACCOUNT;

import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.Utc;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Opening accounts, and what they say of themselves. Nothing here moves money. */
public final class Accounts {
    private static final int OPENED_AT_ONCE = 500;

    private final DSLContext dsl;

    public Accounts(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** How an account stands.
     *
     *  @param held part of the balance that is set aside
     *  @param entryNo number of its latest entry */
    public record Balance(AccountId account, Money balance, Money held, long entryNo) {
        /** What may be taken. */
        public Money available() {
            return balance.minus(held);
        }
    }

    /** A line of a statement.
     *
     *  @param amount signed change of the balance
     *  @param heldChange signed change of what is held */
    public record Line(long entryNo, BusinessDate date, Instant at, OrderId order, Money amount, Money heldChange, Money balanceAfter, Money heldAfter) {}

    /** Opens an account, empty and active; does nothing if it is there. */
    public void open(AccountId account, int limitClass, BusinessDate today, Instant now) {
        open(List.of(account), limitClass, today, now);
    }

    /** Opens accounts; passes over those that are there. */
    public void open(List<AccountId> accounts, int limitClass, BusinessDate today, Instant now) {
        for (int at = 0; at < accounts.size(); at += OPENED_AT_ONCE) {
            // No row is dropped for another reason than being there: an empty account breaks no CHECK, and the table has no partitions.
            dsl.insertInto(PAY_ACCOUNT, PAY_ACCOUNT.CARD_NO, PAY_ACCOUNT.KIND_CODE, PAY_ACCOUNT.STATE_CODE, PAY_ACCOUNT.LIMIT_CLASS, PAY_ACCOUNT.BALANCE_FEN,
                            PAY_ACCOUNT.HELD_FEN, PAY_ACCOUNT.ENTRY_NO, PAY_ACCOUNT.SPENT_ON, PAY_ACCOUNT.SPENT_FEN, PAY_ACCOUNT.OPENED_AT)
                    .valuesOfRows(accounts.subList(at, Math.min(accounts.size(), at + OPENED_AT_ONCE)).stream().map(account -> DSL.row(account.cardNo(),
                            account.kind().code(), AccountState.ACTIVE.code(), limitClass, 0L, 0L, 0L, today.day(), 0L, Utc.of(now))).toList())
                    .onDuplicateKeyIgnore().execute();
        }
    }

    /** Changes the state of an account. One that is not empty is never closed.
     *
     *  @return false if there is no such account, or it is not empty and was to be closed */
    public boolean setState(AccountId account, AccountState state) {
        Condition allowed = state == AccountState.CLOSED ? is(account).and(PAY_ACCOUNT.BALANCE_FEN.eq(0L)) : is(account);
        return dsl.update(PAY_ACCOUNT).set(PAY_ACCOUNT.STATE_CODE, state.code()).where(allowed).execute() == 1;
    }

    /** How an account stands now. */
    public Optional<Balance> findBalance(AccountId account) {
        return dsl.selectFrom(PAY_ACCOUNT).where(is(account)).fetchOptional().map(row -> new Balance(account,
                Money.ofFen(row.getBalanceFen()), Money.ofFen(row.getHeldFen()), row.getEntryNo()));
    }

    /** How an account stood when a moment had passed, from its entries; all zero before the first. */
    public Balance balanceAt(AccountId account, Instant moment) {
        return dsl.select(ACCOUNT_ENTRY.BALANCE_AFTER_FEN, ACCOUNT_ENTRY.HELD_AFTER_FEN, ACCOUNT_ENTRY.ENTRY_NO).from(ACCOUNT_ENTRY)
                .where(entriesOf(account)).and(ACCOUNT_ENTRY.AT.le(Utc.of(moment)))
                .orderBy(ACCOUNT_ENTRY.ENTRY_NO.desc()).limit(1).fetchOptional()
                .map(row -> new Balance(account, Money.ofFen(row.value1()), Money.ofFen(row.value2()), row.value3()))
                .orElse(new Balance(account, Money.ZERO, Money.ZERO, 0));
    }

    /** The entries of an account after one moment and up to another, in their order. */
    public List<Line> statement(AccountId account, Instant after, Instant upTo) {
        return dsl.selectFrom(ACCOUNT_ENTRY).where(entriesOf(account))
                .and(ACCOUNT_ENTRY.AT.gt(Utc.of(after))).and(ACCOUNT_ENTRY.AT.le(Utc.of(upTo)))
                .orderBy(ACCOUNT_ENTRY.ENTRY_NO).fetch(Accounts::line);
    }

    /** The entries of an account after one of them, in their order.
     *
     *  @param entryNo 0 to begin with the first
     *  @param most at most so many */
    public List<Line> statement(AccountId account, long entryNo, int most) {
        return dsl.selectFrom(ACCOUNT_ENTRY).where(entriesOf(account)).and(ACCOUNT_ENTRY.ENTRY_NO.gt(entryNo))
                .orderBy(ACCOUNT_ENTRY.ENTRY_NO).limit(most).fetch(Accounts::line);
    }

    private static Line line(Record row) {
        return new Line(row.get(ACCOUNT_ENTRY.ENTRY_NO), row.get(ACCOUNT_ENTRY.BUSINESS_DATE), Utc.instant(row.get(ACCOUNT_ENTRY.AT)),
                OrderId.ofBytes(row.get(ACCOUNT_ENTRY.ORDER_ID)), Money.ofFen(row.get(ACCOUNT_ENTRY.AMOUNT_FEN)),
                Money.ofFen(row.get(ACCOUNT_ENTRY.HELD_CHANGE_FEN)), Money.ofFen(row.get(ACCOUNT_ENTRY.BALANCE_AFTER_FEN)),
                Money.ofFen(row.get(ACCOUNT_ENTRY.HELD_AFTER_FEN)));
    }

    private static Condition is(AccountId account) {
        return PAY_ACCOUNT.CARD_NO.eq(account.cardNo()).and(PAY_ACCOUNT.KIND_CODE.eq(account.kind().code()));
    }

    private static Condition entriesOf(AccountId account) {
        return ACCOUNT_ENTRY.CARD_NO.eq(account.cardNo()).and(ACCOUNT_ENTRY.KIND_CODE.eq(account.kind().code()));
    }
}
