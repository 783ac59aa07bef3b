package cn.onecard.engine.rail.register;

import static cn.onecard.sql.tables.ledger.Tables.REGISTER_SALE;
import static cn.onecard.sql.tables.ledger.Tables.SALE_LINE;
import static cn.onecard.sql.tables.ledger.Tables.SALE_REFUND;
import static cn.onecard.sql.tables.ledger.Tables.SALE_REFUND_LINE;

import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.PaymentRefusal;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.Utc;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/** What was given back of sales. A refund is begun here, which sets its lines aside, then the money moves, then it is ended here.
 *  Whoever is stopped in between sends the same request again, and it goes on from where it was.
 *
 *  <p><b>Running number.</b> Two refunds of a sale that begin at once want the same number, and the key lets only one have it. The
 *  other looks again, and sees what is left then. */
public final class RefundTable {
    private static final int BEGUN = 1;
    private static final int DONE = 2;
    private static final int REFUSED = 3;
    /** So many others may come first, before it is a fault. */
    private static final int MOST_COLLISIONS = 50;
    private static final List<Field<?>> COLUMNS = List.of(SALE_REFUND_LINE.SALE_ID, SALE_REFUND_LINE.REFUND_NO, SALE_REFUND_LINE.LINE_NO,
            SALE_REFUND_LINE.QTY_MILLI, SALE_REFUND_LINE.AMOUNT_FEN);

    private final DSLContext dsl;

    public RefundTable(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** What became of the beginning. */
    public sealed interface Beginning {
        /** It is begun, now or before.
         *
         *  @param byOrder whether an order has to give the money back; otherwise the till has done so */
        record Begun(OrderId sale, int refundNo, Money amount, boolean byOrder) implements Beginning {}

        /** It was ended before. */
        record Ended(SaleAnswer answer) implements Beginning {}
    }

    /** Begins a refund. */
    public Beginning begin(RefundAsk ask, Instant now) {
        for (int collisions = 0; ; collisions++) {
            try {
                return dsl.transactionResult(transaction -> begin(transaction.dsl(), ask, now));
            } catch (DataAccessException e) {
                if (!Rows.isKeyTaken(e) || collisions >= MOST_COLLISIONS) {
                    throw e;
                }
            }
        }
    }

    /** Ends a refund.
     *
     *  @param refusal why no money moved, if none did: then its lines can go back another time */
    public void end(Beginning.Begun refund, Optional<PaymentRefusal> refusal) {
        dsl.update(SALE_REFUND).set(SALE_REFUND.STATE_CODE, refusal.isPresent() ? REFUSED : DONE)
                .set(SALE_REFUND.REASON_CODE, refusal.map(PaymentRefusal::code).orElse(0))
                .where(SALE_REFUND.SALE_ID.eq(refund.sale().bytes())).and(SALE_REFUND.REFUND_NO.eq(refund.refundNo()))
                .and(SALE_REFUND.STATE_CODE.eq(BEGUN)).execute();
    }

    private static Beginning begin(DSLContext in, RefundAsk ask, Instant now) {
        byte[] sale = ask.sale().bytes();
        var head = in.selectFrom(REGISTER_SALE).where(REGISTER_SALE.SALE_ID.eq(sale)).fetchOne();
        if (head == null || !head.getCaller().equals(ask.call().caller())) {
            return refused(ask, SaleRefusal.SALE_UNKNOWN);
        }
        boolean byOrder = head.getMeansCode() == Means.ON_LINE;
        byte[] call = OrderId.of(ask.call()).bytes();
        var before = in.selectFrom(SALE_REFUND).where(SALE_REFUND.CALL_ID.eq(call)).fetchOne();
        if (before != null) {
            if (!Arrays.equals(before.getRefundDigest(), ask.digest())) {
                return refused(ask, SaleRefusal.KEY_CONFLICT);
            }
            Money amount = Money.ofFen(before.getAmountFen());
            return switch (before.getStateCode()) {
                case BEGUN -> new Beginning.Begun(ask.sale(), before.getRefundNo(), amount, byOrder);
                case DONE -> new Beginning.Ended(new SaleAnswer.Taken(ask.sale(), amount));
                default -> new Beginning.Ended(new SaleAnswer.NotPaid(ask.sale(), PaymentRefusal.byCode(before.getReasonCode())));
            };
        }
        RefundPlan plan = new RefundPlan(Money.ofFen(head.getAmountFen() - backFen(in, sale)), linesLeft(in, head.getBusinessDate(), sale));
        return switch (plan.decide(ask)) {
            case RefundPlan.Outcome.Refused no -> refused(ask, no.reason());
            case RefundPlan.Outcome.Back back -> write(in, ask, back, now, byOrder);
        };
    }

    private static Beginning write(DSLContext in, RefundAsk ask, RefundPlan.Outcome.Back back, Instant now, boolean byOrder) {
        byte[] sale = ask.sale().bytes();
        int number = 1 + in.fetchCount(SALE_REFUND, SALE_REFUND.SALE_ID.eq(sale));
        in.insertInto(SALE_REFUND, SALE_REFUND.SALE_ID, SALE_REFUND.REFUND_NO, SALE_REFUND.CALL_ID, SALE_REFUND.REFUND_DIGEST, SALE_REFUND.STATE_CODE,
                        SALE_REFUND.REASON_CODE, SALE_REFUND.AMOUNT_FEN, SALE_REFUND.AT)
                .values(sale, number, OrderId.of(ask.call()).bytes(), ask.digest(), BEGUN, 0, back.amount().fen(), Utc.of(now)).execute();
        Rows.insert(in, SALE_REFUND_LINE, COLUMNS, back.parts().stream()
                .map(part -> new Object[] {sale, number, part.part().lineNo(), part.part().qtyMilli(), part.amount().fen()}).toList());
        return new Beginning.Begun(ask.sale(), number, back.amount(), byOrder);
    }

    private static long backFen(DSLContext in, byte[] sale) {
        return in.select(DSL.coalesce(DSL.sum(SALE_REFUND.AMOUNT_FEN).cast(Long.class), 0L)).from(SALE_REFUND)
                .where(SALE_REFUND.SALE_ID.eq(sale)).and(SALE_REFUND.STATE_CODE.ne(REFUSED)).fetchSingle().value1();
    }

    private static Map<Integer, RefundPlan.LineLeft> linesLeft(DSLContext in, BusinessDate date, byte[] sale) {
        Map<Integer, Long> back = new HashMap<>();
        in.select(SALE_REFUND_LINE.LINE_NO, SALE_REFUND_LINE.QTY_MILLI).from(SALE_REFUND_LINE)
                .join(SALE_REFUND).on(SALE_REFUND.SALE_ID.eq(SALE_REFUND_LINE.SALE_ID)).and(SALE_REFUND.REFUND_NO.eq(SALE_REFUND_LINE.REFUND_NO))
                .where(SALE_REFUND_LINE.SALE_ID.eq(sale)).and(SALE_REFUND.STATE_CODE.ne(REFUSED))
                .forEach(row -> back.merge(row.value1(), row.value2(), Long::sum));
        Map<Integer, RefundPlan.LineLeft> lines = new HashMap<>();
        in.select(SALE_LINE.LINE_NO, SALE_LINE.QTY_MILLI, SALE_LINE.NET_FEN).from(SALE_LINE)
                .where(SALE_LINE.BUSINESS_DATE.eq(date)).and(SALE_LINE.SALE_ID.eq(sale))
                .forEach(row -> lines.put(row.value1(), new RefundPlan.LineLeft(row.value2(), Money.ofFen(row.value3()), back.getOrDefault(row.value1(), 0L))));
        return lines;
    }

    private static Beginning refused(RefundAsk ask, SaleRefusal reason) {
        return new Beginning.Ended(new SaleAnswer.Refused(ask.sale(), reason));
    }
}
