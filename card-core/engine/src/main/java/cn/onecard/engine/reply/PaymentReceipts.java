package cn.onecard.engine.reply;

import cn.onecard.engine.order.OpenOrders;
import cn.onecard.engine.order.OrderState;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentRefusal;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.wire.proto.LoadAnswer;
import cn.onecard.wire.proto.LoadGo;
import cn.onecard.wire.proto.OrderAnswer;
import cn.onecard.wire.proto.OrderDone;
import cn.onecard.wire.proto.OrderFound;
import cn.onecard.wire.proto.OrderStanding;
import cn.onecard.wire.proto.OrderView;
import cn.onecard.wire.proto.PaymentReason;
import java.util.Optional;

/** Writes the answers to payment calls. */
public final class PaymentReceipts {
    private PaymentReceipts() {}

    /** What a card is told that may be loaded. */
    public static LoadAnswer go(EventTime hostTime, int mac2) {
        return LoadAnswer.newBuilder().setGo(LoadGo.newBuilder().setHostTimeBcd(hostTime.bcd()).setMac2(mac2)).build();
    }

    /** A load that is refused. */
    public static LoadAnswer no(PaymentRefusal reason) {
        return LoadAnswer.newBuilder().setRefused(toProto(reason)).build();
    }

    /** What became of a request. */
    public static OrderAnswer of(PaymentAnswer answer) {
        return switch (answer) {
            case PaymentAnswer.Refused refused -> refused(refused.reason());
            case PaymentAnswer.Done done -> OrderAnswer.newBuilder().setDone(OrderDone.newBuilder()
                    .setStanding(toProto(done.state())).setAmountFen(done.amount().fen()).setAtMillis(done.at().toEpochMilli())).build();
        };
    }

    /** A request that came to no order. */
    public static OrderAnswer refused(PaymentRefusal reason) {
        return OrderAnswer.newBuilder().setRefused(toProto(reason)).build();
    }

    /** How an order stands, if there is one. */
    public static OrderFound of(Optional<OpenOrders.View> found) {
        return found.map(PaymentReceipts::view).orElseGet(() -> OrderFound.newBuilder().setRefused(toProto(PaymentRefusal.ORDER_UNKNOWN)).build());
    }

    private static OrderFound view(OpenOrders.View view) {
        return OrderFound.newBuilder().setOrder(OrderView.newBuilder().setStanding(toProto(view.state()))
                .setAskedFen(view.amounts().asked().fen()).setHeldFen(view.amounts().held().fen()).setCapturedFen(view.amounts().captured().fen())
                .setRefundedFen(view.amounts().refunded().fen()).setSinceMillis(view.since().toEpochMilli())).build();
    }

    static OrderStanding toProto(OrderState state) {
        return switch (state) {
            case NONE -> OrderStanding.ORDER_NONE;
            case QUOTED -> OrderStanding.ORDER_QUOTED;
            case HELD -> OrderStanding.ORDER_HELD;
            case CAPTURED -> OrderStanding.ORDER_CAPTURED;
            case VOIDED -> OrderStanding.ORDER_VOIDED;
            case PARTLY_REFUNDED -> OrderStanding.ORDER_PARTLY_REFUNDED;
            case REFUNDED -> OrderStanding.ORDER_REFUNDED;
            case EXPIRED -> OrderStanding.ORDER_EXPIRED;
            case UNKNOWN -> OrderStanding.ORDER_UNKNOWN_OUTCOME;
            case REFUSED -> OrderStanding.ORDER_REFUSED;
        };
    }

    static PaymentReason toProto(PaymentRefusal refusal) {
        return switch (refusal) {
            case KEY_CONFLICT -> PaymentReason.KEY_CONFLICT;
            case ORDER_UNKNOWN -> PaymentReason.ORDER_UNKNOWN;
            case STATE_FORBIDS -> PaymentReason.STATE_FORBIDS;
            case HOLD_OVER -> PaymentReason.HOLD_OVER;
            case TERMINAL_UNKNOWN -> PaymentReason.TERMINAL_UNKNOWN;
            case CARD_UNKNOWN -> PaymentReason.CARD_UNKNOWN;
            case MAC1_WRONG -> PaymentReason.MAC1_WRONG;
            case AMOUNT_NOT_POSITIVE -> PaymentReason.AMOUNT_NOT_POSITIVE;
            case KIND_FORBIDS -> PaymentReason.KIND_FORBIDS;
            case ABOVE_HOLD -> PaymentReason.ABOVE_HOLD;
            case ABOVE_CAPTURE -> PaymentReason.ABOVE_CAPTURE;
            case ACCOUNT_UNKNOWN -> PaymentReason.ACCOUNT_UNKNOWN;
            case ACCOUNT_CLOSED -> PaymentReason.ACCOUNT_CLOSED;
            case ACCOUNT_BLOCKED -> PaymentReason.ACCOUNT_BLOCKED;
            case ABOVE_TRANSACTION_LIMIT -> PaymentReason.ABOVE_TRANSACTION_LIMIT;
            case ABOVE_DAY_LIMIT -> PaymentReason.ABOVE_DAY_LIMIT;
            case ABOVE_BALANCE_LIMIT -> PaymentReason.ABOVE_BALANCE_LIMIT;
            case FUNDS_TOO_LOW -> PaymentReason.FUNDS_TOO_LOW;
            case NOT_BOOKABLE -> PaymentReason.NOT_BOOKABLE;
        };
    }
}
