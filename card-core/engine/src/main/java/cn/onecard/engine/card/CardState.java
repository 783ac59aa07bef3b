package cn.onecard.engine.card;

/** Whether a card may be used. The code is what rows carry. */
public enum CardState {
    /** In use. */
    ACTIVE(1),
    /** Reported lost (挂失). */
    LOST(2),
    /** Closed (销户). */
    CLOSED(3),
    /** Made and not yet handed out (未启用). */
    ISSUED(4);

    private final int code;

    CardState(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** Whether terminals must refuse such a card: it is on the hotlist. */
    public boolean isListed() {
        return this == LOST || this == CLOSED;
    }

    /** The state of that code.
     *
     *  @throws IllegalArgumentException if there is none */
    public static CardState byCode(int code) {
        return switch (code) {
            case 1 -> ACTIVE;
            case 2 -> LOST;
            case 3 -> CLOSED;
            case 4 -> ISSUED;
            default -> throw new IllegalArgumentException("no card state has code " + code);
        };
    }
}
