package cn.onecard.engine.order;

/** What an order does with money: which way it goes, and who stands on the other side in the general ledger. The code is that
 *  of the rows. */
public enum OrderKind {
    /** Somebody is paid from an account. */
    PAYMENT(1, Way.OUT, LedgerAccounts.OWED_TO_PARTIES),
    /** Cash or a bank card fills an account (账户充值). */
    DEPOSIT(2, Way.IN, LedgerAccounts.CASH_AND_BANK),
    /** An account is paid out to a bank card (提现). */
    WITHDRAWAL(3, Way.OUT, LedgerAccounts.CASH_AND_BANK),
    /** An account fills the purse of its card (圈存). */
    TOP_UP(4, Way.OUT, LedgerAccounts.PURSES),
    /** Cash or a bank card fills the purse of a card (圈存). */
    TOP_UP_PAID_IN(5, Way.THROUGH, LedgerAccounts.PURSES),
    /** What a purse held goes to an account, because its card is no more (卡余额退回). */
    PURSE_REFUND(6, Way.IN, LedgerAccounts.PURSES),
    /** An account is emptied for another account of the same person (账户转出). */
    TRANSFER_OUT(7, Way.OUT, LedgerAccounts.TRANSFERS),
    /** What was taken from another account of the same person (账户转入). */
    TRANSFER_IN(8, Way.IN, LedgerAccounts.TRANSFERS);

    private final int code;
    private final Way way;
    private final int otherSide;

    OrderKind(int code, Way way, int otherSide) {
        this.code = code;
        this.way = way;
        this.otherSide = otherSide;
    }

    /** Which way the money goes, as the account sees it. */
    enum Way {
        /** Held on the account, then taken from it. */
        OUT,
        /** Held elsewhere, then put on the account. */
        IN,
        /** Put on the account by the hold, and taken from it by the capture. */
        THROUGH
    }

    public int code() {
        return code;
    }

    Way way() {
        return way;
    }

    /** Number, in the chart of accounts, of the other side of a capture. */
    int otherSide() {
        return otherSide;
    }

    /** Whether a card is to be loaded: all or nothing, never given back, and nobody knows what it did until it says so. */
    boolean isLoad() {
        return this == TOP_UP || this == TOP_UP_PAID_IN;
    }

    /** Whether a person's own money goes from one place to another, as only the house asks: no limit holds, and a blocked account gives. */
    boolean isOwnMoney() {
        return this == PURSE_REFUND || this == TRANSFER_OUT || this == TRANSFER_IN;
    }

    /** Whether such an order may stand on such an account. */
    boolean suits(AccountKind kind) {
        return (way == Way.THROUGH) == (kind == AccountKind.LOADS_IN_FLIGHT);
    }

    /** The kind of that code.
     *
     *  @throws IllegalArgumentException if there is none */
    static OrderKind byCode(int code) {
        for (OrderKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of order has code " + code);
    }
}
