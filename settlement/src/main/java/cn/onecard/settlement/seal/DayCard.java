package cn.onecard.settlement.seal;

import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import org.jooq.Record;

/** A card's day.
 *
 *  @param amount debited by all its taps, accepted and suspect
 *  @param lastCounter the highest counter seen until the end of the day
 *  @param balanceAfter the purse's balance behind the tap with that counter */
public record DayCard(CardNo card, long tapCount, Money amount, int lastCounter, Money balanceAfter) {
    static DayCard read(Record row) {
        return new DayCard(CardNo.ofBytes(row.get("card_no", byte[].class)), row.get("tap_count", Long.class),
                Money.ofFen(row.get("amount_fen", Long.class)), row.get("last_counter", Integer.class),
                Money.ofFen(row.get("balance_after_fen", Long.class)));
    }
}
