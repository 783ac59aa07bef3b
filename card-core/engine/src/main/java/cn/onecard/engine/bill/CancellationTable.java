package cn.onecard.engine.bill;

import static cn.onecard.sql.tables.ledger.Tables.BILL_CANCELLATION;

import cn.onecard.engine.order.OrderId;
import cn.onecard.sql.tables.ledger.tables.records.BillCancellationRecord;
import cn.onecard.vocabulary.Utc;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Cancellations in the ledger. One goes from one state to the next for one caller alone: who comes second is told so. */
public final class CancellationTable {
    private static final int LONGEST_REASON = 80;

    private final DSLContext dsl;

    public CancellationTable(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** Begins a cancellation, or begins one anew after which the payment stood.
     *
     *  @param abandoned when somebody else finds out what became of it
     *  @return false if there is one that has come further */
    public boolean begin(BillOrder bill, Instant now, Instant abandoned) {
        int rows = dsl.insertInto(BILL_CANCELLATION).columns(BILL_CANCELLATION.ORDER_ID, BILL_CANCELLATION.BILLER, BILL_CANCELLATION.STATE_CODE,
                BILL_CANCELLATION.BEGUN_AT, BILL_CANCELLATION.DUE_AT, BILL_CANCELLATION.REASON)
                .values(bill.order().bytes(), bill.biller(), CancellationState.ASKED.code(), Utc.of(now), Utc.of(abandoned), "asked").onDuplicateKeyIgnore().execute();
        return rows == 1 || dsl.update(BILL_CANCELLATION).set(BILL_CANCELLATION.STATE_CODE, CancellationState.ASKED.code()).set(BILL_CANCELLATION.ASKED, 0)
                .set(BILL_CANCELLATION.NOT_FOUND, 0).set(BILL_CANCELLATION.BEGUN_AT, Utc.of(now)).set(BILL_CANCELLATION.DUE_AT, Utc.of(abandoned))
                .set(BILL_CANCELLATION.REASON, "asked again").where(stands(bill.order(), CancellationState.STANDS)).execute() == 1;
    }

    /** Takes a cancellation to another state.
     *
     *  @param due when there is something to do; empty: nothing
     *  @return false if it does not stand there any more */
    public boolean move(Cancellation from, CancellationState to, Optional<Instant> due, String reason) {
        return dsl.update(BILL_CANCELLATION).set(BILL_CANCELLATION.STATE_CODE, to.code()).set(BILL_CANCELLATION.DUE_AT, due.map(Utc::of).orElse(null))
                .set(BILL_CANCELLATION.REASON, reason.substring(0, Math.min(LONGEST_REASON, reason.length()))).where(stands(from.order(), from.state())).execute() == 1;
    }

    /** Counts a question that is about to be asked.
     *
     *  @return whether it is the caller who asks it */
    public boolean claimAsking(Cancellation one, Instant next) {
        return dsl.update(BILL_CANCELLATION).set(BILL_CANCELLATION.ASKED, BILL_CANCELLATION.ASKED.plus(1)).set(BILL_CANCELLATION.DUE_AT, Utc.of(next))
                .where(stands(one.order(), CancellationState.UNKNOWN)).and(BILL_CANCELLATION.ASKED.eq(one.asked())).execute() == 1;
    }

    /** Counts that the biller does not know the payment. */
    public void noteNotFound(Cancellation one) {
        dsl.update(BILL_CANCELLATION).set(BILL_CANCELLATION.NOT_FOUND, BILL_CANCELLATION.NOT_FOUND.plus(1))
                .where(stands(one.order(), CancellationState.UNKNOWN)).execute();
    }

    /** The cancellation of a payment. */
    public Optional<Cancellation> find(OrderId order) {
        return list(BILL_CANCELLATION.ORDER_ID.eq(order.bytes()), 1).stream().findFirst();
    }

    /** What there is to do, the longest due first.
     *
     *  @param most at most so many */
    public List<Cancellation> listDue(String biller, Instant now, int most) {
        return list(BILL_CANCELLATION.BILLER.eq(biller).and(BILL_CANCELLATION.DUE_AT.le(Utc.of(now))), most);
    }

    /** What is not ended, whether there is something to do now or not. */
    public List<Cancellation> listOpen(int most) {
        return list(BILL_CANCELLATION.DUE_AT.isNotNull().or(BILL_CANCELLATION.STATE_CODE.eq(CancellationState.AWAITING_STATEMENT.code())), most);
    }

    private List<Cancellation> list(Condition which, int most) {
        return dsl.selectFrom(BILL_CANCELLATION).where(which).orderBy(BILL_CANCELLATION.DUE_AT, BILL_CANCELLATION.ORDER_ID).limit(most).fetch(CancellationTable::read);
    }

    private static Cancellation read(BillCancellationRecord row) {
        return new Cancellation(OrderId.ofBytes(row.getOrderId()), row.getBiller(), CancellationState.byCode(row.getStateCode()), row.getAsked(), row.getNotFound(),
                Utc.instant(row.getBegunAt()), row.getReason());
    }

    private static Condition stands(OrderId order, CancellationState state) {
        return DSL.and(BILL_CANCELLATION.ORDER_ID.eq(order.bytes()), BILL_CANCELLATION.STATE_CODE.eq(state.code()));
    }
}
