package cn.onecard.engine.order;

/** Where an order stands. The code is that of the rows. */
public enum OrderState {
    /** Not there yet. */
    NONE(0),
    /** Priced, nothing held (已报价). */
    QUOTED(1),
    /** Money is set aside (已冻结). */
    HELD(2),
    /** Paid (已扣款). */
    CAPTURED(3),
    /** Given up before it was paid; what was held is free again (已撤销). */
    VOIDED(4),
    /** Some of it was given back (部分退款). */
    PARTLY_REFUNDED(5),
    /** All of it was given back (已退款). */
    REFUNDED(6),
    /** Nobody took it up in time (已过期). */
    EXPIRED(7),
    /** Nobody knows whether the other side acted; the money stays held until there is proof (结果未知). */
    UNKNOWN(8),
    /** Refused when it was to be opened; no money moved (已拒绝). */
    REFUSED(9);

    private final int code;

    OrderState(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The state of that code.
     *
     *  @throws IllegalArgumentException if there is none */
    public static OrderState byCode(int code) {
        for (OrderState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        throw new IllegalArgumentException("no state of an order has code " + code);
    }
}
