package cn.onecard.engine.order;

/** Numbers of the chart of accounts that stand opposite the citizens' accounts. */
final class LedgerAccounts {
    /** Cash and bank clearing. */
    static final int CASH_AND_BANK = 1002;
    /** Purses of cardholders. */
    static final int PURSES = 2001;
    /** Transfers in flight between accounts of one person. */
    static final int TRANSFERS = 2031;
    /** Owed to parties, not yet settled. */
    static final int OWED_TO_PARTIES = 2101;

    private LedgerAccounts() {}
}
