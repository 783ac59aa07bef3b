package cn.onecard.settlement.net;

import cn.onecard.vocabulary.Money;

/** Where somebody stands after a day.
 *
 *  @param holder a party's number, or one of the numbers below 1
 *  @param net positive: is owed */
public record Position(int holder, Money net) {
    /** The purses of cardholders: they have paid. */
    public static final int PURSES = 0;
    /** What is not known to belong to anybody yet. */
    public static final int SUSPENSE = -1;
    /** The wallets of cardholders. */
    public static final int WALLETS = -2;
    /** The medical accounts of cardholders. */
    public static final int MEDICAL_ACCOUNTS = -3;
    /** What was paid in for loads that cards have not confirmed yet. */
    public static final int LOADS_IN_FLIGHT = -4;
    /** What is on its way from one account of a person to another. */
    public static final int TRANSFERS = -5;

    /** Whether this is a party's position. */
    public boolean isParty() {
        return holder > 0;
    }
}
