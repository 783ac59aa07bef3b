package cn.onecard.terminal.tap;

import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.wire.Debit;
import cn.onecard.wire.Ride;

/** What the next card is to be debited, and for what.
 *
 *  @param amount 0 to 2^32-1 fen; 0 only for a composite purchase
 *  @param txnType {@link Debit#PURCHASE} or {@link Debit#COMPOSITE}
 *  @param at the terminal's time
 *  @param ride what it is for */
public record TapRequest(Money amount, int txnType, EventTime at, Ride ride) {
    public TapRequest {
        if (amount.isNegative() || amount.fen() > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("an amount on the card has four unsigned bytes: " + amount);
        }
        if (txnType != Debit.PURCHASE && txnType != Debit.COMPOSITE) {
            throw new IllegalArgumentException("neither purchase nor composite purchase: " + txnType);
        }
        if (txnType == Debit.PURCHASE && amount.fen() == 0) {
            throw new IllegalArgumentException("a plain purchase of nothing");
        }
    }
}
