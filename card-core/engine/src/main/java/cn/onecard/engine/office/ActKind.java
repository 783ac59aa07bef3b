package cn.onecard.engine.office;

import cn.onecard.engine.card.CardState;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A kind of act, in which states of a card it may be done, and to which it leads. The code is that of the rows.
 *
 *  <pre>
 *  ISSUED ──ACTIVATE──► ACTIVE ◄──FOUND── LOST
 *    │                   │  └─REPORT_LOST──►▲│
 *    └─────CLOSE─────────┴── REPLACE, CLOSE ─┴──► CLOSED
 *  </pre> */
public enum ActKind {
    ACTIVATE(1),
    REPORT_LOST(2),
    FOUND(3),
    REPLACE(4),
    CLOSE(5),
    RENEW(6),
    CHANGE_KIND(7),
    /** A terminal met it. */
    LOCKED(8);

    private final int code;

    ActKind(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** The state of a card after it; empty if it may not be done in that state. */
    Optional<CardState> after(CardState before) {
        return switch (this) {
            case ACTIVATE -> to(CardState.ACTIVE, before, CardState.ISSUED);
            case REPORT_LOST -> to(CardState.LOST, before, CardState.ISSUED, CardState.ACTIVE);
            case FOUND -> to(CardState.ACTIVE, before, CardState.LOST);
            case REPLACE -> to(CardState.CLOSED, before, CardState.ACTIVE, CardState.LOST);
            case CLOSE -> to(CardState.CLOSED, before, CardState.ISSUED, CardState.ACTIVE, CardState.LOST);
            case RENEW -> to(before, before, CardState.ACTIVE);
            case CHANGE_KIND -> to(before, before, CardState.ISSUED, CardState.ACTIVE);
            case LOCKED -> Optional.of(before);
        };
    }

    private static Optional<CardState> to(CardState after, CardState before, CardState... from) {
        return List.of(from).contains(before) ? Optional.of(after) : Optional.empty();
    }

    static ActKind byCode(int code) {
        return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind of act has code " + code));
    }
}
