package cn.onecard.engine.office;

import cn.onecard.engine.card.CardState;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A kind of act, in which states of a card it may be done, and to which it leads. The code is that of the rows.
 *
 *  <pre>
 *  ISSUED ──ACTIVATE──► ACTIVE ◄──FOUND── LOST
 *    │                   │  └─REPORT_LOST──►▲│
 *    └─────CLOSE─────────┴── REPLACE, CLOSE ─┴──► CLOSED
 *  </pre> */
public enum ActKind {
    ACTIVATE(1, EnumSet.of(CardState.ISSUED), Optional.of(CardState.ACTIVE)),
    REPORT_LOST(2, EnumSet.of(CardState.ISSUED, CardState.ACTIVE), Optional.of(CardState.LOST)),
    FOUND(3, EnumSet.of(CardState.LOST), Optional.of(CardState.ACTIVE)),
    REPLACE(4, EnumSet.of(CardState.ACTIVE, CardState.LOST), Optional.of(CardState.CLOSED)),
    CLOSE(5, EnumSet.of(CardState.ISSUED, CardState.ACTIVE, CardState.LOST), Optional.of(CardState.CLOSED)),
    RENEW(6, EnumSet.of(CardState.ACTIVE), Optional.empty()),
    CHANGE_KIND(7, EnumSet.of(CardState.ISSUED, CardState.ACTIVE), Optional.empty());

    private final int code;
    private final Set<CardState> from;
    private final Optional<CardState> to;

    ActKind(int code, Set<CardState> from, Optional<CardState> to) {
        this.code = code;
        this.from = from;
        this.to = to;
    }

    int code() {
        return code;
    }

    boolean mayBeDoneIn(CardState state) {
        return from.contains(state);
    }

    /** The state after it. */
    CardState after(CardState before) {
        return to.orElse(before);
    }

    static ActKind byCode(int code) {
        return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind of act has code " + code));
    }
}
