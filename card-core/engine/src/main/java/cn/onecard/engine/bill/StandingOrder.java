package cn.onecard.engine.bill;

import cn.onecard.engine.rail.utility.BillQuery;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;

/** A standing order (代扣): the wallet of a card pays the bills of an account unasked, after notice.
 *
 *  @param id 32 hexadecimal digits, made of the caller and its key
 *  @param card whose wallet pays
 *  @param bills whose bills
 *  @param terms up to how much, and how long after notice
 *  @param ended whether it pays no more */
public record StandingOrder(String id, CardNo card, Bills bills, Terms terms, boolean ended) {
    /** Whose bills are paid.
     *
     *  @param biller name of the biller */
    public record Bills(String biller, BillQuery account) {}

    /** What was agreed.
     *
     *  @param caller who set it up
     *  @param most of one bill
     *  @param noticeDays days between notice and payment, 1 to 30 */
    public record Terms(String caller, Money most, int noticeDays) {
        public Terms {
            if (noticeDays < 1 || noticeDays > 30 || most.fen() <= 0) {
                throw new IllegalArgumentException("a standing order pays something, 1 to 30 days after notice");
            }
        }
    }
}
