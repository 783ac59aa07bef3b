package cn.onecard.engine.medical;

import cn.onecard.vocabulary.Money;

/** One payer's part of a bill.
 *
 *  @param kind who pays */
public record Leg(Kind kind, Money amount) {
    /** Who pays. */
    public enum Kind {
        /** The pooled fund (统筹基金) and other public funds. */
        FUND,
        /** The personal account (个人账户). */
        PERSONAL_ACCOUNT,
        /** The account of the family (共济). */
        MUTUAL_AID,
        /** The person (现金); the card pays it. */
        CASH,
        /** The hospital. */
        HOSPITAL
    }
}
