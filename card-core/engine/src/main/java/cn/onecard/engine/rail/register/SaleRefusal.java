package cn.onecard.engine.rail.register;

/** Why a sale, a basket or a refund is not taken, where it is neither a sum nor the account. The order of the constants is the
 *  precedence. */
public enum SaleRefusal {
    /** The key or the running number was used for something else. */
    KEY_CONFLICT,
    /** No such sale or order, as far as this caller may know. */
    SALE_UNKNOWN,
    /** The order is not paid. */
    NOT_PAID,
    /** The sale has no such line. */
    LINE_UNKNOWN,
    /** More of a line was to go back than is left of it. */
    ABOVE_LINE,
    /** More was to be given back than is left of what was paid. */
    ABOVE_SALE,
    /** Nothing is left to be given back. */
    NOTHING_LEFT
}
