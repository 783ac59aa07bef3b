package cn.onecard.terminal.tap;

import cn.onecard.terminal.card.CardRefused;
import cn.onecard.terminal.reader.ReaderFault;
import cn.onecard.terminal.tap.TapResult.Why;

/** What a card's refusal means to the passenger, before the debit and as the answer to it. */
final class Refusals {
    private Refusals() {}

    /** The card said no to a command that moves no money. */
    static Why beforeDebit(CardRefused refused) {
        return switch (refused.status()) {
            case BLOCKED -> Why.CARD_BLOCKED;
            case BALANCE_TOO_LOW -> Why.BALANCE_TOO_LOW;
            case COUNTER_EXHAUSTED -> Why.COUNTER_EXHAUSTED;
            case NOT_FOUND -> Why.UNSUPPORTED_CARD;
            case DATA_DOUBTFUL, STATE_UNCHANGED, WRITE_FAILED, CONDITIONS_NOT_MET, NO_INIT -> Why.TRY_AGAIN;
            case MAC_WRONG, KEY_INDEX_UNKNOWN, KEY_NOT_FOUND -> Why.KEY_MISMATCH;
            case DONE, WRONG_CREDENTIAL, COMMAND_UNFIT, PROFILE_MISMATCH, SECURITY_NOT_SATISFIED, KEY_LOCKED, SECURE_MESSAGING,
                    NO_SPACE, NO_PROOF, OTHER -> Why.CARD_PROFILE_WRONG;
        };
    }

    /** Whether the answer to a debit leaves open what the card did: the write failed half-way, or the answer is one that
     *  no manual knows. All other status words say that nothing was debited. */
    static boolean leavesOpen(CardRefused answerToDebit) {
        return switch (answerToDebit.status()) {
            case WRITE_FAILED, DATA_DOUBTFUL, OTHER -> true;
            case DONE, BLOCKED, WRONG_CREDENTIAL, STATE_UNCHANGED, COMMAND_UNFIT, PROFILE_MISMATCH, NO_INIT, SECURITY_NOT_SATISFIED,
                    KEY_LOCKED, CONDITIONS_NOT_MET, SECURE_MESSAGING, NOT_FOUND, NO_SPACE, KEY_NOT_FOUND, MAC_WRONG,
                    BALANCE_TOO_LOW, COUNTER_EXHAUSTED, KEY_INDEX_UNKNOWN, NO_PROOF -> false;
        };
    }

    /** The reader failed before the debit. */
    static Why beforeDebit(ReaderFault fault) {
        return switch (fault) {
            case ReaderFault.NoCard _, ReaderFault.CardGone _, ReaderFault.EndlessAnswer _ -> Why.TRY_AGAIN;
            case ReaderFault.WrongLe _ -> Why.CARD_PROFILE_WRONG;
            case ReaderFault.NoService _, ReaderFault.ReaderFailed _, ReaderFault.NoSuchReader _ -> Why.READER_OUT_OF_SERVICE;
        };
    }
}
