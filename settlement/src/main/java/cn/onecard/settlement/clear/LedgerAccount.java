package cn.onecard.settlement.clear;

/** An account of the chart after a day.
 *
 *  @param debitFen of the day
 *  @param creditFen of the day
 *  @param balanceFen credits less debits since the books were begun */
public record LedgerAccount(int number, String name, long debitFen, long creditFen, long balanceFen) {
    /** Cash and bank clearing. */
    public static final int CASH_AND_BANK = 1002;
    /** Purses of cardholders. */
    public static final int PURSES = 2001;
    /** Wallets of cardholders. */
    public static final int WALLETS = 2011;
    /** Medical accounts of cardholders. */
    public static final int MEDICAL_ACCOUNTS = 2012;
    /** Paid in for a load that the card has not confirmed yet. */
    public static final int LOADS_IN_FLIGHT = 2021;
    /** Taken from one account of a person and not yet on the other. */
    public static final int TRANSFERS = 2031;
    /** Owed to parties, not yet settled. */
    public static final int OWED_TO_PARTIES = 2101;
    /** Suspense. */
    public static final int SUSPENSE = 2901;

    /** What the day added: credits less debits. */
    public long changeFen() {
        return Math.subtractExact(creditFen, debitFen);
    }
}
