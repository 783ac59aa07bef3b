package cn.onecard.engine.rail.unionpay;

import java.util.Arrays;

/** How a bank transaction stands.
 *
 *  <pre>
 *  SENT ──┬─ APPROVED
 *         ├─ DECLINED
 *         ├─ NOT_SENT               the host was not reached: nothing left
 *         └─ REVERSING ─┬─ REVERSED
 *                       └─ CASE     the tries are used up, or the host's word is not enough
 *  STORED ─┬─ APPROVED              an advice, sent until it is answered
 *          └─ DECLINED
 *  </pre>
 *  A row that is found SENT when the terminal starts belongs to a process that died: it is reversed. */
public enum BankState {
    SENT(1),
    STORED(2),
    APPROVED(3),
    DECLINED(4),
    NOT_SENT(5),
    REVERSING(6),
    REVERSED(7),
    CASE(8);

    private final int code;

    BankState(int code) {
        this.code = code;
    }

    /** What rows carry. */
    int code() {
        return code;
    }

    static BankState byCode(int code) {
        return Arrays.stream(values()).filter(state -> state.code == code).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no state of a bank transaction has code " + code));
    }

    /** Whether the terminal has something to do about it. */
    public boolean isOpen() {
        return this == SENT || this == STORED || this == REVERSING;
    }

    /** Whether a transaction may go from this state to another. */
    public boolean leadsTo(BankState next) {
        return switch (this) {
            case SENT -> next == APPROVED || next == DECLINED || next == NOT_SENT || next == REVERSING;
            case STORED -> next == APPROVED || next == DECLINED;
            case REVERSING -> next == REVERSING || next == REVERSED || next == CASE;
            case APPROVED, DECLINED, NOT_SENT, REVERSED, CASE -> false;
        };
    }
}
