package cn.onecard.engine.flow;

import cn.onecard.engine.bill.BillTable;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentRefusal;
import cn.onecard.engine.order.PaymentRequest;
import java.util.concurrent.CompletableFuture;

/** The payment corridor as callers from outside have it: what pays a bill is changed by the bill desk alone, or money would go back
 *  that the biller keeps.
 *
 *  @param bills which orders those are */
public record CallersCorridor(PaymentCorridor corridor, BillTable bills) {
    /** Takes a request, waiting if there is no room. */
    public CompletableFuture<PaymentAnswer> take(PaymentRequest request) throws InterruptedException {
        return request instanceof PaymentRequest.Change && bills.isBill(request.order())
                ? CompletableFuture.completedFuture(new PaymentAnswer.Refused(request.order(), PaymentRefusal.KIND_FORBIDS)) : corridor.take(request);
    }
}
