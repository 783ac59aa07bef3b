package cn.onecard.engine.rail.utility;

import cn.onecard.vocabulary.Money;

/** The payment of a bill. {@link #toString()} does not show the account.
 *
 *  @param orderNo ours: 1 to 32 letters and digits, never used twice
 *  @param account the biller's number of its customer
 *  @param billRef the bill
 *  @param amount more than nothing
 *  @param echo as the bill came with it */
@SuppressWarnings("ArrayRecordComponent")      // bytes as they came; never compared
public record BillPayment(String orderNo, String account, String billRef, Money amount, byte[] echo) {
    public BillPayment {
        if (!orderNo.matches("[0-9A-Za-z]{1,32}") || amount.fen() <= 0) {
            throw new IllegalArgumentException("a payment has a number and an amount");
        }
        echo = echo.clone();
    }

    /** The payment of a bill. */
    public static BillPayment of(String orderNo, String account, Bill bill, Money amount) {
        return new BillPayment(orderNo, account, bill.billRef(), amount, bill.quote().echo());
    }

    @Override
    public byte[] echo() {
        return echo.clone();
    }

    @Override
    public String toString() {
        return "payment " + orderNo + " of " + amount;
    }
}
