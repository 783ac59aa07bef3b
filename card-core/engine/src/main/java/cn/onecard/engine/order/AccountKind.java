package cn.onecard.engine.order;

/** What an account holds. The code is that of the rows; the number is the account of the general ledger that it is part of. */
public enum AccountKind {
    /** Wallet (联机账户). */
    WALLET(1, 2011),
    /** Medical account (医保个人账户). */
    MEDICAL(2, 2012),
    /** Money paid in for a load until the card has it (圈存在途). */
    LOADS_IN_FLIGHT(3, 2021);

    private final int code;
    private final int ledgerAccount;

    AccountKind(int code, int ledgerAccount) {
        this.code = code;
        this.ledgerAccount = ledgerAccount;
    }

    public int code() {
        return code;
    }

    /** Number in the chart of accounts. */
    int ledgerAccount() {
        return ledgerAccount;
    }

    /** The kind of that code.
     *
     *  @throws IllegalArgumentException if there is none */
    static AccountKind byCode(int code) {
        for (AccountKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of account has code " + code);
    }
}
