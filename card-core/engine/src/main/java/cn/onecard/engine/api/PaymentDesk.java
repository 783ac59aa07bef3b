package cn.onecard.engine.api;

import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentRequest;
import java.util.concurrent.CompletableFuture;

/** Takes payment requests: the corridor, as this room sees it. */
@FunctionalInterface
public interface PaymentDesk {
    /** Takes a request, waiting if there is no room.
     *
     *  @return completed when what it says is committed, or fails if nobody knows whether it is */
    CompletableFuture<PaymentAnswer> take(PaymentRequest request) throws InterruptedException;
}
