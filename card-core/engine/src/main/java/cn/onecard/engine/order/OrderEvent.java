package cn.onecard.engine.order;

/** What can happen to an order. */
public enum OrderEvent {
    /** A price is named. */
    QUOTE,
    /** It is refused when it is to be opened. */
    REFUSE,
    /** Money is set aside. */
    HOLD,
    /** What was held is paid, or less of it. */
    CAPTURE,
    /** It is given up. */
    VOID,
    /** Its time is over. */
    EXPIRE,
    /** The other side was asked to act, and nobody knows whether it did. */
    LOSE,
    /** There is proof that the other side acted. */
    PROVE_DONE,
    /** There is proof that the other side did not act. */
    PROVE_UNDONE,
    /** Some of what was paid is given back, and something is left. */
    REFUND_PART,
    /** What is left is given back. */
    REFUND_REST
}
