package cn.onecard.fare;

/** One line of a fare table. */
public sealed interface Rule permits FareRule, PriceRule, NameRule {
    /** The rule as a fare table has it. */
    String text();
}
