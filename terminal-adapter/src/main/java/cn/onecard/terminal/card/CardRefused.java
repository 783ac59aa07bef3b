package cn.onecard.terminal.card;

import java.util.OptionalInt;

/** A card or PSAM answered, and the answer was not what was asked for. */
public final class CardRefused extends Exception {
    private static final long serialVersionUID = 1;

    private final StatusWord status;
    private final int statusWord;

    private CardRefused(String message, StatusWord status, int statusWord) {
        super(message);
        this.status = status;
        this.statusWord = statusWord;
    }

    static CardRefused status(String command, int statusWord) {
        return new CardRefused("%s answered %04X".formatted(command, statusWord), StatusWord.of(statusWord), statusWord);
    }

    /** The status word was good, the data was not: too short, or no such field. */
    static CardRefused unreadable(String command, String why) {
        return new CardRefused(command + ": " + why, StatusWord.OTHER, 0x9000);
    }

    public StatusWord status() {
        return status;
    }

    /** How often a wrong PIN or key may still be tried, if that is what the card said; at zero it is locked. */
    public OptionalInt triesLeft() {
        return status == StatusWord.WRONG_CREDENTIAL ? OptionalInt.of(statusWord & 0x0F) : OptionalInt.empty();
    }
}
