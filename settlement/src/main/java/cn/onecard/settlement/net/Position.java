package cn.onecard.settlement.net;

import cn.onecard.vocabulary.Money;

/** Where somebody stands after a day.
 *
 *  @param holder a party's number, {@link #PURSES} or {@link #SUSPENSE}
 *  @param net positive: is owed */
public record Position(int holder, Money net) {
    /** The purses of cardholders: they have paid. */
    public static final int PURSES = 0;
    /** What is not known to belong to anybody yet. */
    public static final int SUSPENSE = -1;

    /** Whether this is a party's position. */
    public boolean isParty() {
        return holder > 0;
    }
}
