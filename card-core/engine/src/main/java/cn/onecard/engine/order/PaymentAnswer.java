package cn.onecard.engine.order;

import cn.onecard.vocabulary.Money;
import java.time.Instant;

/** The one answer to a request, and the same whenever it is sent again. */
public sealed interface PaymentAnswer {
    /** The order that it is about. */
    OrderId order();

    /** It was done.
     *
     *  @param state where the order stood then
     *  @param amount held, captured, released or given back by this request
     *  @param at when it was done, to the millisecond */
    record Done(OrderId order, OrderState state, Money amount, Instant at) implements PaymentAnswer {}

    /** It was not done, and no money moved. */
    record Refused(OrderId order, PaymentRefusal reason) implements PaymentAnswer {}
}
