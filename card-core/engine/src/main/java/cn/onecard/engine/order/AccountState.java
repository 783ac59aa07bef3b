package cn.onecard.engine.order;

/** Whether an account takes part. The code is that of the rows. */
public enum AccountState {
    /** Takes part. */
    ACTIVE(1),
    /** Nothing new is taken from it or paid in; what is held is captured or given back. */
    BLOCKED(2),
    /** Empty, and stays so. */
    CLOSED(3);

    private final int code;

    AccountState(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The state of that code.
     *
     *  @throws IllegalArgumentException if there is none */
    static AccountState byCode(int code) {
        for (AccountState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        throw new IllegalArgumentException("no state of an account has code " + code);
    }
}
