package cn.onecard.engine.medical;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Where a medical settlement stands. The code is that of the rows. The table of steps is closed: what is not in it is refused.
 *
 *  <pre>
 *  QUOTED ──► SETTLING ──► SETTLED ──► PAID ──► REVOKING ──► RELEASING ──► RELEASED, or CANCELLED if it was paid
 *     │          │  │        ▲  └─────────────────▲ │  │         ▲
 *     │          │  └► REVERSING ───────────────────┼──┼────────►┤
 *     │          │        └► AWAITING_STATEMENT ◄───┘  └► PAID   │
 *     │          │                └► SETTLED, PAID, RELEASING    │
 *     └──────────┴──────────────────────────────────────────────►┘
 *  </pre> */
public enum MedicalState {
    /** The insurance said who would pay what; nothing was asked of it yet (已预结算). */
    QUOTED(1),
    /** It was asked to settle, and has not answered (结算中). */
    SETTLING(2),
    /** It settled; the card has not paid its part (已结算). */
    SETTLED(3),
    /** The card paid its part (已支付). */
    PAID(4),
    /** It knows of no settlement, and is asked to see that there will be none (冲正中). */
    REVERSING(5),
    /** It is asked to take the settlement back (撤销中). */
    REVOKING(6),
    /** Nothing stands at the insurance; the card gets back what it held or paid (释放中). */
    RELEASING(7),
    /** Nothing was settled and nothing paid (已释放). */
    RELEASED(8),
    /** What was paid was given back (已撤销). */
    CANCELLED(9),
    /** The statement of the day decides; the card's part stays as it is (待对账). */
    AWAITING_STATEMENT(10);

    private static final Map<MedicalState, Set<MedicalState>> NEXT = table();

    private final int code;

    MedicalState(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** Whether something is still to be done. */
    public boolean isOpen() {
        return this != PAID && this != RELEASED && this != CANCELLED;
    }

    /** Whether it may go there from here. */
    public boolean leadsTo(MedicalState next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    static MedicalState byCode(int code) {
        for (MedicalState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        throw new IllegalArgumentException("no state of a medical settlement has code " + code);
    }

    private static Map<MedicalState, Set<MedicalState>> table() {
        Map<MedicalState, Set<MedicalState>> table = new EnumMap<>(MedicalState.class);
        table.put(QUOTED, Set.of(SETTLING, RELEASING));
        table.put(SETTLING, Set.of(SETTLED, REVERSING, RELEASING));
        table.put(SETTLED, Set.of(PAID, REVOKING));
        table.put(PAID, Set.of(REVOKING));
        table.put(REVERSING, Set.of(RELEASING, AWAITING_STATEMENT));
        table.put(REVOKING, Set.of(RELEASING, PAID, AWAITING_STATEMENT));
        table.put(RELEASING, Set.of(RELEASED, CANCELLED));
        table.put(AWAITING_STATEMENT, Set.of(SETTLED, PAID, RELEASING));
        return Collections.unmodifiableMap(table);
    }
}
