package cn.onecard.engine.bill;

import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.rail.utility.BillPayment;
import java.time.Instant;
import java.time.LocalDate;

/** An order that pays a bill.
 *
 *  @param biller name of the biller
 *  @param payment what the biller is told; its number is that of the order
 *  @param day of the biller, on which its statement lists it */
public record BillOrder(OrderId order, String biller, BillPayment payment, LocalDate day, Instant createdAt) {}
