package cn.onecard.terminal.card;

/** A card or PSAM answered, and the answer was not what was asked for. */
public final class CardRefused extends Exception {
    private static final long serialVersionUID = 1;

    private final StatusWord status;

    private CardRefused(String message, StatusWord status) {
        super(message);
        this.status = status;
    }

    static CardRefused status(String command, int statusWord) {
        return new CardRefused("%s answered %04X".formatted(command, statusWord), StatusWord.of(statusWord));
    }

    /** The status word was good, the data was not: too short, or no such field. */
    static CardRefused unreadable(String command, String why) {
        return new CardRefused(command + ": " + why, StatusWord.OTHER);
    }

    public StatusWord status() {
        return status;
    }
}
