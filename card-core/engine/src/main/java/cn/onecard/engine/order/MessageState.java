package cn.onecard.engine.order;

/** Where a message to a partner stands (发件状态). The code is that of the rows.
 *
 *  <pre>
 *  WAITING ──► SENT ──► CONFIRMED, REJECTED
 *     │  ▲──────┘│           ▲
 *     │          └► UNKNOWN ─┤
 *     ▼               └► AWAITING_STATEMENT
 *  WITHDRAWN
 *  </pre> */
public enum MessageState {
    /** Not a byte of it has left. */
    WAITING(1),
    /** It may have left: it is never sent again. */
    SENT(2),
    /** The partner acted. */
    CONFIRMED(3),
    /** The partner did not act, and will not. */
    REJECTED(4),
    /** Nobody knows; the partner is asked. */
    UNKNOWN(5),
    /** Nobody knows and asking is over: the partner's statement decides. */
    AWAITING_STATEMENT(6),
    /** Its time was over before it could be sent. */
    WITHDRAWN(7);

    private final int code;

    MessageState(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The state of that code.
     *
     *  @throws IllegalArgumentException if there is none */
    public static MessageState byCode(int code) {
        for (MessageState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        throw new IllegalArgumentException("no state of a message has code " + code);
    }
}
