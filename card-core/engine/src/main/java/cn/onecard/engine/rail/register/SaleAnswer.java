package cn.onecard.engine.rail.register;

import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.PaymentRefusal;
import cn.onecard.vocabulary.Money;

/** The one answer to a sale, a basket or a refund, and the same whenever it is sent again. */
public sealed interface SaleAnswer {
    /** The sale that it is about. */
    OrderId sale();

    /** It is written down and, where that is for us to do, paid or given back.
     *
     *  @param amount paid, or given back */
    record Taken(OrderId sale, Money amount) implements SaleAnswer {}

    /** The basket does not add up; no money moved, and nothing is written down. */
    record DoesNotAddUp(OrderId sale, BasketJudgement.Refused why) implements SaleAnswer {}

    /** The account would not pay, or not take it back; nothing is written down. */
    record NotPaid(OrderId sale, PaymentRefusal reason) implements SaleAnswer {}

    /** It cannot be taken for another reason. */
    record Refused(OrderId sale, SaleRefusal reason) implements SaleAnswer {}

    /** In one word, for a row or a message: {@code TAKEN}, or why not. */
    default String word() {
        return switch (this) {
            case Taken taken -> "TAKEN";
            case DoesNotAddUp wrong -> wrong.why().fault().name();
            case NotPaid notPaid -> notPaid.reason().name();
            case Refused refused -> refused.reason().name();
        };
    }
}
