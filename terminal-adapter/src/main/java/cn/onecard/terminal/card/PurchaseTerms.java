package cn.onecard.terminal.card;

import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TerminalId;

/** What card and PSAM are both told, from one and the same object: they cannot be told different amounts.
 *
 *  @param amount 0 to 2^32-1 fen
 *  @param type 06 purchase or 09 composite purchase
 *  @param terminal the PSAM's number
 *  @param time the terminal's time */
public record PurchaseTerms(Money amount, int type, TerminalId terminal, EventTime time) {
    public PurchaseTerms {
        if (amount.isNegative() || amount.fen() > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("an amount on the card has four unsigned bytes: " + amount);
        }
    }
}
