package cn.onecard.engine.bill;

/** How a cancellation stands. The code is that of the rows. */
public enum CancellationState {
    /** The biller was asked, or is about to be. */
    ASKED(1),
    /** Nobody knows whether the biller took the payment back. */
    UNKNOWN(2),
    /** The biller took it back; the money is still to be given back. */
    CANCELLED(3),
    /** The biller took it back, and so did we. */
    REFUNDED(4),
    /** The payment stands; it may be tried again. */
    STANDS(5),
    /** The biller's statement decides. */
    AWAITING_STATEMENT(6);

    private final int code;

    CancellationState(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static CancellationState byCode(int code) {
        for (CancellationState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        throw new IllegalArgumentException("no state of a cancellation has code " + code);
    }
}
