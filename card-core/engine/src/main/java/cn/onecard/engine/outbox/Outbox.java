package cn.onecard.engine.outbox;

import static cn.onecard.sql.tables.ledger.Tables.PARTNER_MESSAGE;

import cn.onecard.engine.order.MessageState;
import cn.onecard.engine.order.OrderId;
import cn.onecard.vocabulary.Utc;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** The messages in the ledger. What moves no money is written here, one statement a time, and only if the message still stands as the
 *  writer saw it: of several nodes, one gets it. What moves money is written with the step of the order. */
public final class Outbox {
    private final DSLContext dsl;

    public Outbox(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** The message of an order, the latest if there are several. */
    public Optional<PartnerMessage> find(OrderId order) {
        return dsl.selectFrom(PARTNER_MESSAGE).where(PARTNER_MESSAGE.ORDER_ID.eq(order.bytes())).orderBy(PARTNER_MESSAGE.MESSAGE_NO.desc()).limit(1)
                .fetchOptional(Outbox::message);
    }

    /** What a partner said when it confirmed.
     *
     *  @param reference by which it knows what it did
     *  @param fulfilment what the citizen gets, as its connector wants it kept */
    public record Outcome(String reference, String fulfilment) {}

    /** What the partner of an order said when it confirmed; empty if it has not. */
    public Optional<Outcome> findOutcome(OrderId order) {
        return dsl.select(PARTNER_MESSAGE.REFERENCE, PARTNER_MESSAGE.FULFILMENT).from(PARTNER_MESSAGE).where(PARTNER_MESSAGE.ORDER_ID.eq(order.bytes()))
                .and(PARTNER_MESSAGE.STATE_CODE.eq(MessageState.CONFIRMED.code())).orderBy(PARTNER_MESSAGE.MESSAGE_NO.desc()).limit(1)
                .fetchOptional(row -> new Outcome(row.value1(), row.value2()));
    }

    /** What there is to do for a partner, the longest due first.
     *
     *  @param most at most so many */
    public List<PartnerMessage> listDue(String partner, Instant now, int most) {
        return dsl.selectFrom(PARTNER_MESSAGE).where(PARTNER_MESSAGE.PARTNER.eq(partner)).and(PARTNER_MESSAGE.DUE_AT.le(Utc.of(now)))
                .orderBy(PARTNER_MESSAGE.DUE_AT).limit(most).fetch(Outbox::message);
    }

    /** Writes down that a message is about to be sent.
     *
     *  @param abandoned when somebody else settles it, if its sender has not
     *  @return whether it is the caller who sends it */
    public boolean claimSending(PartnerMessage message, Instant now, Instant abandoned) {
        return dsl.update(PARTNER_MESSAGE).set(PARTNER_MESSAGE.STATE_CODE, MessageState.SENT.code()).set(PARTNER_MESSAGE.SENT_AT, Utc.of(now))
                .set(PARTNER_MESSAGE.DUE_AT, Utc.of(abandoned)).where(stands(message, MessageState.WAITING)).execute() == 1;
    }

    /** Lets a message wait again of which not a byte has left. */
    public void unsend(PartnerMessage message, Instant due) {
        dsl.update(PARTNER_MESSAGE).set(PARTNER_MESSAGE.STATE_CODE, MessageState.WAITING.code()).setNull(PARTNER_MESSAGE.SENT_AT)
                .set(PARTNER_MESSAGE.DUE_AT, Utc.of(due)).where(stands(message, MessageState.SENT)).execute();
    }

    /** Gives up a message that was never sent, so that nobody sends it any more; it stays due until its order is voided. */
    public boolean withdraw(PartnerMessage message) {
        return dsl.update(PARTNER_MESSAGE).set(PARTNER_MESSAGE.STATE_CODE, MessageState.WITHDRAWN.code()).where(stands(message, MessageState.WAITING)).execute() == 1;
    }

    /** Counts a question that is about to be asked.
     *
     *  @return whether it is the caller who asks it */
    public boolean claimAsking(PartnerMessage message, Instant next) {
        return dsl.update(PARTNER_MESSAGE).set(PARTNER_MESSAGE.ASKED, PARTNER_MESSAGE.ASKED.plus(1)).set(PARTNER_MESSAGE.DUE_AT, Utc.of(next))
                .where(stands(message, MessageState.UNKNOWN)).and(PARTNER_MESSAGE.ASKED.eq(message.inquiry().asked())).execute() == 1;
    }

    /** Counts that the partner does not know the message. */
    public void noteNotFound(PartnerMessage message) {
        dsl.update(PARTNER_MESSAGE).set(PARTNER_MESSAGE.NOT_FOUND, PARTNER_MESSAGE.NOT_FOUND.plus(1)).where(stands(message, MessageState.UNKNOWN)).execute();
    }

    /** Ends the asking; the statement decides. */
    public void awaitStatement(PartnerMessage message) {
        dsl.update(PARTNER_MESSAGE).set(PARTNER_MESSAGE.STATE_CODE, MessageState.AWAITING_STATEMENT.code()).setNull(PARTNER_MESSAGE.DUE_AT)
                .where(stands(message, MessageState.UNKNOWN)).execute();
    }

    private static Condition stands(PartnerMessage message, MessageState state) {
        return DSL.and(PARTNER_MESSAGE.ORDER_ID.eq(message.order().bytes()), PARTNER_MESSAGE.MESSAGE_NO.eq(message.number()),
                PARTNER_MESSAGE.STATE_CODE.eq(state.code()));
    }

    private static PartnerMessage message(Record row) {
        PartnerMessage.Times times = new PartnerMessage.Times(Optional.ofNullable(row.get(PARTNER_MESSAGE.SENT_AT)).map(Utc::instant),
                Utc.instant(row.get(PARTNER_MESSAGE.WITHDRAW_AT)));
        PartnerMessage.Inquiry inquiry = new PartnerMessage.Inquiry(row.get(PARTNER_MESSAGE.ASKED), row.get(PARTNER_MESSAGE.NOT_FOUND));
        return new PartnerMessage(OrderId.ofBytes(row.get(PARTNER_MESSAGE.ORDER_ID)), row.get(PARTNER_MESSAGE.MESSAGE_NO),
                row.get(PARTNER_MESSAGE.PARTNER), row.get(PARTNER_MESSAGE.BODY), MessageState.byCode(row.get(PARTNER_MESSAGE.STATE_CODE)), times, inquiry);
    }
}
