package cn.onecard.engine.order;

import cn.onecard.vocabulary.Money;
import java.util.Map;

/** What accounts may do, by their limit class.
 *
 *  @param classes an account of a class that is not here may do nothing */
public record PaymentLimits(Map<Integer, LimitClass> classes) {
    /** Of an account whose owner is known (记名). */
    public static final int REGISTERED = 1;
    /** Of an account whose owner is not (不记名). */
    public static final int ANONYMOUS = 2;

    /** The balance limits are those of the rules for prepaid cards: 5,000 yuan, and 1,000 yuan if nobody knows whose it is. */
    public static final PaymentLimits STANDARD = new PaymentLimits(Map.of(
            REGISTERED, new LimitClass(Money.ofFen(100_000), Money.ofFen(500_000), Money.ofFen(500_000)),
            ANONYMOUS, new LimitClass(Money.ofFen(20_000), Money.ofFen(100_000), Money.ofFen(100_000))));

    private static final LimitClass NOTHING = new LimitClass(Money.ZERO, Money.ZERO, Money.ZERO);

    public PaymentLimits {
        classes = Map.copyOf(classes);
    }

    /** The limits of a class.
     *
     *  @param perTransaction taken from the account at once
     *  @param perDay taken from the account on one business date
     *  @param balance on the account after money was paid in */
    public record LimitClass(Money perTransaction, Money perDay, Money balance) {}

    LimitClass of(int limitClass) {
        return classes.getOrDefault(limitClass, NOTHING);
    }
}
