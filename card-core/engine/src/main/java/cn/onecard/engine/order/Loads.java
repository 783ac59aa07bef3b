package cn.onecard.engine.order;

import static cn.onecard.sql.tables.ledger.Tables.LOAD_TERMS;
import static cn.onecard.sql.tables.ledger.Tables.PAY_ORDER;

import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;

/** The loads of cards, as they were agreed and as their orders stand. */
public final class Loads {
    /** Loads before the latest that a card is asked about when it comes again. */
    private static final int LOOKED_BACK = 100;

    private final DSLContext dsl;

    public Loads(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** A load. */
    public record Load(OrderId order, CardNo cardNo, OrderState state, Money amount, LoadTerms terms) {
        /** Whether it is not settled what the card did. */
        boolean isOpen() {
            return state == OrderState.HELD || state == OrderState.UNKNOWN;
        }
    }

    /** The load that an order is about. */
    public Optional<Load> find(OrderId order) {
        // The card leads to the terms, which lie in the order of cards.
        return dsl.select(PAY_ORDER.CARD_NO).from(PAY_ORDER).where(PAY_ORDER.ORDER_ID.eq(order.bytes())).fetchOptional(PAY_ORDER.CARD_NO)
                .flatMap(card -> list(LOAD_TERMS.CARD_NO.eq(card).and(LOAD_TERMS.ORDER_ID.eq(order.bytes()))).stream().findFirst());
    }

    /** The loads of a card with that on-line counter or one of the few below it, in their order.
     *
     *  @param onlineCounter as the card says now */
    public List<Load> listLatest(CardNo cardNo, int onlineCounter) {
        return list(LOAD_TERMS.CARD_NO.eq(cardNo).and(LOAD_TERMS.ONLINE_COUNTER.between(onlineCounter - LOOKED_BACK, onlineCounter)));
    }

    private List<Load> list(Condition which) {
        return dsl.select(LOAD_TERMS.asterisk()).select(PAY_ORDER.STATE_CODE, PAY_ORDER.AMOUNT_FEN).from(LOAD_TERMS)
                .join(PAY_ORDER).on(PAY_ORDER.ORDER_ID.eq(LOAD_TERMS.ORDER_ID)).where(which)
                .orderBy(LOAD_TERMS.ONLINE_COUNTER, PAY_ORDER.CREATED_AT, LOAD_TERMS.ORDER_ID).fetch(Loads::load);
    }

    private static Load load(Record row) {
        LoadTerms.CardInit init = new LoadTerms.CardInit(Money.ofFen(row.get(LOAD_TERMS.OLD_BALANCE_FEN)), row.get(LOAD_TERMS.ONLINE_COUNTER),
                ByteBuffer.wrap(row.get(LOAD_TERMS.CARD_RANDOM)).getInt(), row.get(LOAD_TERMS.KEY_VERSION));
        return new Load(OrderId.ofBytes(row.get(LOAD_TERMS.ORDER_ID)), row.get(LOAD_TERMS.CARD_NO), OrderState.byCode(row.get(PAY_ORDER.STATE_CODE)),
                Money.ofFen(row.get(PAY_ORDER.AMOUNT_FEN)), new LoadTerms(row.get(LOAD_TERMS.PSAM_NO), init, new EventTime(row.get(LOAD_TERMS.HOST_BCD))));
    }
}
