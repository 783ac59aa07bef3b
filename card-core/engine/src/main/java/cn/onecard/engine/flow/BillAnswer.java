package cn.onecard.engine.flow;

import cn.onecard.engine.bill.Cancellation;
import cn.onecard.engine.bill.CancellationState;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.OrderState;
import cn.onecard.engine.rail.utility.Bill;
import cn.onecard.engine.rail.utility.QueryAnswer;
import cn.onecard.vocabulary.Money;
import java.util.List;
import java.util.Optional;

/** What the bill desk answers. */
public sealed interface BillAnswer {
    /** The bills of an account, the oldest first. */
    record Offer(QueryAnswer.Customer customer, List<Offered> bills) implements BillAnswer {
        public Offer {
            bills = List.copyOf(bills);
        }
    }

    /** A bill that may be paid.
     *
     *  @param quote to be brought back with the payment */
    record Offered(Bill bill, String quote) {}

    /** A payment as it stands.
     *
     *  @param reference of the biller, once it has confirmed
     *  @param fulfilment what the customer gets, such as the digits for a meter, Base64; empty if nothing
     *  @param cancellation if it was asked for */
    record Stands(OrderId order, OrderState state, Money amount, String reference, String fulfilment, Optional<Cancelling> cancellation) implements BillAnswer {}

    /** How the cancellation of a payment stands. */
    record Cancelling(CancellationState state, String reason) {
        static Cancelling of(Cancellation one) {
            return new Cancelling(one.state(), one.reason());
        }
    }

    /** It is not done, and no money moved by it.
     *
     *  @param detail what is wrong this time */
    record No(Reason reason, String detail) implements BillAnswer {}

    /** Why it is not done. */
    enum Reason {
        /** There is no such biller here. */
        BILLER_UNKNOWN,
        /** What the customer said is not what the biller wants to know. */
        INPUT_WRONG,
        /** The biller says no. */
        BILLER_REFUSED,
        /** The biller cannot be asked now. */
        BILLER_AWAY,
        /** We gave out no such quote. */
        QUOTE_UNKNOWN,
        /** The quote holds no more: the bill is to be asked for again. */
        QUOTE_OVER,
        /** The biller does not allow that amount. */
        AMOUNT_WRONG,
        /** An older bill is to be paid first. */
        OLDER_BILL_FIRST,
        /** Another payment has the bill in hand. */
        BILL_IN_HAND,
        /** The bill is paid. */
        BILL_PAID,
        /** The key was used for another request. */
        KEY_CONFLICT,
        /** The card's account cannot pay it. */
        PAYMENT_REFUSED,
        /** No such payment, as far as this caller may know. */
        PAYMENT_UNKNOWN,
        /** The payment is not paid, or no more. */
        NOT_PAID,
        /** The time in which the biller takes payments back is over. */
        TOO_LATE
    }
}
