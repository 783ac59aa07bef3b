package cn.onecard.wire;

import cn.onecard.vocabulary.CardCounter;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.Tac;

/** The debit as card and PSAM did it. Type, amount and time are covered by the TAC; counter and balance are not.
 *
 *  @param type 06 purchase or 09 composite purchase, 0 to 255
 *  @param amount charged, 0 to 2^32-1 fen
 *  @param counter off-line counter before the debit
 *  @param balanceBefore 0 to 2^32-1 fen
 *  @param eventTime when, as the terminal says
 *  @param tac the proof, or {@link Tac#NONE}
 *  @param grey the outcome of the debit is unknown (灰记录)
 *  @param mac2Failed the PSAM refused MAC2 although the card debited */
public record Debit(int type, Money amount, CardCounter counter, Money balanceBefore, EventTime eventTime, Tac tac,
        boolean grey, boolean mac2Failed) {
    /** Transaction type of a plain purchase. */
    public static final int PURCHASE = 0x06;
    /** Transaction type of a composite purchase (复合消费, CAPP). */
    public static final int COMPOSITE = 0x09;

    static final long MAX_FEN = 0xFFFF_FFFFL;

    public Debit {
        Range.check("txn_type", type, 0xFF);
        Range.check("amount_fen", amount.fen(), MAX_FEN);
        Range.check("balance_before_fen", balanceBefore.fen(), MAX_FEN);
    }
}
