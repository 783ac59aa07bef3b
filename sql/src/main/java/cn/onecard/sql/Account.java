package cn.onecard.sql;

/** A database account. Each program has one of its own, and what it may do is granted there, not promised here. */
public enum Account {
    /** Owns the four schemas: migrates them and hands out rights. No program runs on it. */
    OWNER("onecard_owner", 600_000),
    /** Posts to the ledger. Its statements are short, so a server that says nothing for long is taken for dead. */
    ENGINE("onecard_engine", 10_000),
    /** Reads the ledger and writes clearing, in statements over a whole day. */
    SETTLEMENT("onecard_settlement", 3_600_000),
    /** Reads the export views. */
    ANALYTICS("onecard_analytics", 3_600_000);

    private final String user;
    private final int socketTimeoutMillis;

    Account(String user, int socketTimeoutMillis) {
        this.user = user;
        this.socketTimeoutMillis = socketTimeoutMillis;
    }

    /** The account's name in the database. */
    public String user() {
        return user;
    }

    /** How long a statement may say nothing before its connection is given up; longer than the longest statement. */
    int socketTimeoutMillis() {
        return socketTimeoutMillis;
    }
}
