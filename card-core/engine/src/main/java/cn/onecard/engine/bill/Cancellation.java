package cn.onecard.engine.bill;

import cn.onecard.engine.order.OrderId;
import java.time.Instant;

/** A payment that the biller is to take back (当日抹账).
 *
 *  @param asked how often the biller was asked what became of it
 *  @param notFound how often it said that it does not know the payment
 *  @param begunAt when it was asked to take it back
 *  @param reason why it stands so */
public record Cancellation(OrderId order, String biller, CancellationState state, int asked, int notFound, Instant begunAt, String reason) {}
