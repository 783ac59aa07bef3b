package cn.onecard.engine.order;

import static cn.onecard.sql.tables.ledger.Tables.HOLD_EXPIRY;
import static cn.onecard.sql.tables.ledger.Tables.ORDER_STEP;
import static cn.onecard.sql.tables.ledger.Tables.PARTNER_MESSAGE;
import static cn.onecard.sql.tables.ledger.Tables.PAY_ORDER;

import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.Utc;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Orders, as somebody who wants to know sees them. */
public final class OpenOrders {
    private final DSLContext dsl;

    public OpenOrders(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** An order as it stands, and the step that led there.
     *
     *  @param expiresAt if it was ever quoted or held
     *  @param reason of the latest step, in the words of its actor */
    public record View(OrderId order, OrderKind kind, CardNo cardNo, OrderState state, Amounts amounts, Optional<Instant> expiresAt, String actor,
            String reason, Instant since) {}

    /** The amounts of an order. */
    public record Amounts(Money asked, Money held, Money captured, Money refunded) {}

    /** An order. */
    public Optional<View> find(OrderId order) {
        return select(PAY_ORDER.ORDER_ID.eq(order.bytes()), 1).stream().findFirst();
    }

    /** An order of that caller; empty also if it is another's. */
    public Optional<View> find(String caller, OrderId order) {
        return select(PAY_ORDER.ORDER_ID.eq(order.bytes()).and(PAY_ORDER.CALLER.eq(caller)), 1).stream().findFirst();
    }

    /** What a caller has held or quoted, in the order in which it expires.
     *
     *  @param most at most so many */
    public List<View> listOpen(String caller, int most) {
        return dsl.select(HOLD_EXPIRY.ORDER_ID).from(HOLD_EXPIRY).join(PAY_ORDER).on(PAY_ORDER.ORDER_ID.eq(HOLD_EXPIRY.ORDER_ID))
                .where(PAY_ORDER.CALLER.eq(caller)).orderBy(HOLD_EXPIRY.EXPIRES_AT, HOLD_EXPIRY.ORDER_ID).limit(most)
                .fetch(HOLD_EXPIRY.ORDER_ID).stream().flatMap(id -> find(OrderId.ofBytes(id)).stream()).toList();
    }

    /** What is held and unfinished, or quoted, in the order in which it expires; what is unknown comes first of all, and then what
     *  partners decide.
     *
     *  @param most at most so many */
    public List<View> listOpen(int most) {
        List<View> unknown = select(PAY_ORDER.STATE_CODE.eq(OrderState.UNKNOWN.code()), most);
        List<View> withPartners = select(PAY_ORDER.STATE_CODE.eq(OrderState.HELD.code()).and(PAY_ORDER.ORDER_ID.in(
                dsl.select(PARTNER_MESSAGE.ORDER_ID).from(PARTNER_MESSAGE).where(PARTNER_MESSAGE.DUE_AT.isNotNull()))), most - unknown.size());
        List<View> waiting = dsl.select(HOLD_EXPIRY.ORDER_ID).from(HOLD_EXPIRY).orderBy(HOLD_EXPIRY.EXPIRES_AT, HOLD_EXPIRY.ORDER_ID)
                .limit(most - unknown.size() - withPartners.size()).fetch(HOLD_EXPIRY.ORDER_ID).stream().flatMap(id -> find(OrderId.ofBytes(id)).stream()).toList();
        return Stream.of(unknown, withPartners, waiting).flatMap(List::stream).toList();
    }

    /** A hold or quote whose time is over. */
    public record Due(OrderId order, Instant expiresAt) {}

    /** What is over, the oldest first.
     *
     *  @param most at most so many */
    public List<Due> listDue(Instant now, int most) {
        return dsl.select(HOLD_EXPIRY.ORDER_ID, HOLD_EXPIRY.EXPIRES_AT).from(HOLD_EXPIRY).where(HOLD_EXPIRY.EXPIRES_AT.le(Utc.of(now)))
                .orderBy(HOLD_EXPIRY.EXPIRES_AT, HOLD_EXPIRY.ORDER_ID).limit(most)
                .fetch(row -> new Due(OrderId.ofBytes(row.value1()), Utc.instant(row.value2())));
    }

    private List<View> select(Condition which, int most) {
        return dsl.select(PAY_ORDER.asterisk()).select(ORDER_STEP.ACTOR, ORDER_STEP.REASON, ORDER_STEP.AT).from(PAY_ORDER)
                .join(ORDER_STEP).on(ORDER_STEP.ORDER_ID.eq(PAY_ORDER.ORDER_ID)).and(ORDER_STEP.STEP_NO.eq(PAY_ORDER.STEPS))
                .where(which).orderBy(PAY_ORDER.CREATED_AT, PAY_ORDER.ORDER_ID).limit(most).fetch(OpenOrders::view);
    }

    private static View view(Record row) {
        Amounts amounts = new Amounts(Money.ofFen(row.get(PAY_ORDER.AMOUNT_FEN)), Money.ofFen(row.get(PAY_ORDER.HELD_FEN)),
                Money.ofFen(row.get(PAY_ORDER.CAPTURED_FEN)), Money.ofFen(row.get(PAY_ORDER.REFUNDED_FEN)));
        Optional<LocalDateTime> expiresAt = Optional.ofNullable(row.get(PAY_ORDER.EXPIRES_AT));
        return new View(OrderId.ofBytes(row.get(PAY_ORDER.ORDER_ID)), OrderKind.byCode(row.get(PAY_ORDER.KIND_CODE)), row.get(PAY_ORDER.CARD_NO),
                OrderState.byCode(row.get(PAY_ORDER.STATE_CODE)), amounts, expiresAt.map(Utc::instant), row.get(ORDER_STEP.ACTOR),
                row.get(ORDER_STEP.REASON), Utc.instant(row.get(ORDER_STEP.AT)));
    }
}
