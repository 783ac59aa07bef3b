package cn.onecard.settlement.day;

/** How far the night of a business date has come. The order of the constants is the order of the night; the code is what
 *  rows carry. */
public enum Stage {
    /** No posting can carry the date any more. */
    CLOSED(1),
    /** The journal is sealed and copied into card order. */
    SEALED(2),
    /** The takings are shared out. */
    CLEARED(3),
    /** Everybody's position is known. */
    NETTED(4),
    /** The files are written and signed. */
    PUBLISHED(5);

    private final int code;

    Stage(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** Whether a day at this stage has been through the other one. */
    public boolean hasPassed(Stage other) {
        return compareTo(other) >= 0;
    }

    /** The stage of that code.
     *
     *  @throws IllegalArgumentException if there is none */
    public static Stage byCode(int code) {
        for (Stage stage : values()) {
            if (stage.code == code) {
                return stage;
            }
        }
        throw new IllegalArgumentException("no stage has code " + code);
    }
}
