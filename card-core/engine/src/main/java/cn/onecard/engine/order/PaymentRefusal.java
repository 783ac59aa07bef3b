package cn.onecard.engine.order;

/** Why a request was not done. The order of the constants is the precedence: where several apply, the first one is the answer.
 *  The code is what rows and answers carry, and never changes once released. */
public enum PaymentRefusal {
    /** The key was used for another request. */
    KEY_CONFLICT(10),
    /** No such order, as far as this caller may know. */
    ORDER_UNKNOWN(20),
    /** The order cannot go that way from where it stands. */
    STATE_FORBIDS(21),
    /** The time of the hold is over. */
    HOLD_OVER(22),
    /** No such card, or no load key of its version that is in force. */
    CARD_UNKNOWN(23),
    /** MAC1 of a load is not the card's. */
    MAC1_WRONG(24),
    /** No such terminal of this caller, or not valid on this day. */
    TERMINAL_UNKNOWN(25),
    /** The amount is nothing, or less. */
    AMOUNT_NOT_POSITIVE(30),
    /** Such an order does not do that, or not with such an account. */
    KIND_FORBIDS(31),
    /** More was to be captured than is held. */
    ABOVE_HOLD(32),
    /** More was to be given back than is left of the capture. */
    ABOVE_CAPTURE(33),
    /** No such account. */
    ACCOUNT_UNKNOWN(40),
    /** The account is closed. */
    ACCOUNT_CLOSED(41),
    /** The account is blocked. */
    ACCOUNT_BLOCKED(42),
    /** More than the account's limit of one transaction. */
    ABOVE_TRANSACTION_LIMIT(50),
    /** More than the account's limit of one day. */
    ABOVE_DAY_LIMIT(51),
    /** The account would hold more than it may. */
    ABOVE_BALANCE_LIMIT(52),
    /** The account has less than that, or has set it aside. */
    FUNDS_TOO_LOW(60),
    /** The ledger would not take the row. */
    NOT_BOOKABLE(90);

    private final int code;

    PaymentRefusal(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The refusal of that code.
     *
     *  @throws IllegalArgumentException if there is none */
    public static PaymentRefusal byCode(int code) {
        for (PaymentRefusal refusal : values()) {
            if (refusal.code == code) {
                return refusal;
            }
        }
        throw new IllegalArgumentException("no refusal of a payment has code " + code);
    }
}
