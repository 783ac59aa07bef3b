package cn.onecard.engine.flow;

import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.PaymentRefusal;
import cn.onecard.vocabulary.EventTime;

/** The answer to a card that is to be loaded. */
public sealed interface LoadAnswer {
    /** The money is held, and the card may be told so.
     *
     *  @param hostTime for CREDIT FOR LOAD
     *  @param mac2 by which the card knows its host */
    record Go(OrderId order, EventTime hostTime, int mac2) implements LoadAnswer {}

    /** The card is not to be loaded. */
    record No(OrderId order, PaymentRefusal reason) implements LoadAnswer {}
}
