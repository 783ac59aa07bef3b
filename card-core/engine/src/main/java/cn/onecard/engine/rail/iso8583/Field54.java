package cn.onecard.engine.rail.iso8583;

import cn.onecard.vocabulary.Money;
import java.util.ArrayList;
import java.util.List;

/** One balance of field 54 (余额): {@code account type 2, amount type 2, currency 3, C or D, amount 12}.
 *
 *  @param accountType two characters
 *  @param amountType two characters; 02 is what can be spent
 *  @param currency 156
 *  @param sign C (credit) or D (debit)
 *  @param amount never negative */
public record Field54(String accountType, String amountType, String currency, char sign, Money amount) {
    /** The number of the field. */
    public static final int NUMBER = 54;

    private static final int WIDTH = 20;

    public Field54 {
        if (accountType.length() != 2 || amountType.length() != 2 || currency.length() != 3 || (sign != 'C' && sign != 'D')) {
            throw new MalformedMessage(NUMBER, Fault.PARTS);
        }
    }

    /** All balances of a message, in order.
     *
     *  @throws MalformedMessage if they do not lie so */
    public static List<Field54> list(Message message) {
        Parts parts = new Parts(message, NUMBER);
        List<Field54> balances = new ArrayList<>();
        do {
            balances.add(new Field54(parts.next(2), parts.next(2), parts.next(3), parts.next(1).charAt(0), parts.fen(12)));
        } while (parts.left() >= WIDTH);
        parts.end();
        return balances;
    }

    /** The balance; below zero if it is a debit. */
    public Money balance() {
        return sign == 'D' ? amount.negated() : amount;
    }

    /** The field, or its part. */
    public String text() {
        return accountType + amountType + currency + sign + Message.digits(NUMBER, amount.fen(), 12);
    }
}
