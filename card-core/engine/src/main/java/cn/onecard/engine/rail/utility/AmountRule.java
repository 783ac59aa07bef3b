package cn.onecard.engine.rail.utility;

import cn.onecard.vocabulary.Money;

/** What may be paid of a bill.
 *
 *  @param kind which rule
 *  @param unit of {@link Kind#MULTIPLE} the step, of {@link Kind#MIN} the least; of the others any */
public record AmountRule(Kind kind, Money unit) {
    /** The rules there are. */
    public enum Kind {
        /** All of it, no more. */
        EXACT,
        /** Some of it or all, no more. */
        ANY_UPTO,
        /** Any multiple of a step: credit of prepaid meters. */
        MULTIPLE,
        /** So much or more, also more than the bill: the rest is credit. */
        MIN
    }

    public AmountRule {
        if (unit.fen() < 1) {
            throw new IllegalArgumentException("rules: a step or least amount is a fen or more");
        }
    }

    /** Whether so much may be paid of a bill. */
    public boolean allows(Bill bill, Money amount) {
        return amount.fen() > 0 && switch (kind) {
            case EXACT -> amount.equals(bill.total());
            case ANY_UPTO -> amount.compareTo(bill.total()) <= 0;
            case MULTIPLE -> amount.fen() % unit.fen() == 0;
            case MIN -> amount.compareTo(unit) >= 0;
        };
    }
}
