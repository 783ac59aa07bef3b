package cn.onecard.engine.office;

import java.util.Optional;

/** What the card office says. */
public sealed interface CardAnswer {
    /** It is done, now or before by the same request.
     *
     *  @param claim if the purse still held something */
    record Done(CardAct act, Optional<PurseClaim> claim) implements CardAnswer {}

    /** It is not done, and nothing has changed.
     *
     *  @param detail what a person needs to know; empty if the reason says it all */
    record No(Reason reason, String detail) implements CardAnswer {
        No(Reason reason) {
            this(reason, "");
        }
    }

    /** Why not, the first that applies. */
    enum Reason {
        /** The key was used for something else. */
        KEY_CONFLICT,
        /** No such card is registered. */
        CARD_UNKNOWN,
        /** Not in the state in which the card is. */
        CARD_STATE_FORBIDS,
        /** No card of that number is issued and waiting to be handed out. */
        NEW_CARD_NOT_FRESH,
        /** It is that already, or would be valid for less long. */
        NOTHING_CHANGES,
        /** The card says that it holds more than the books can explain. */
        FACE_ABOVE_BOOKS
    }
}
