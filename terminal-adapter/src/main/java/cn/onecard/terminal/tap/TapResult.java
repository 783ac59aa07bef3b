package cn.onecard.terminal.tap;

import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.wire.TapFrame;

/** What became of a tap at the terminal. */
public sealed interface TapResult {
    /** The card debited and the final record is durable: the passenger may pass.
     *
     *  @param frame the final record
     *  @param balanceAfter what the card holds now */
    record Paid(TapFrame frame, Money balanceAfter) implements TapResult {}

    /** The card did not debit, and no record is kept.
     *
     *  @param why the reason */
    record Refused(Why why) implements TapResult {}

    /** The card is on the hotlist and did not debit: to be reported.
     *
     *  @param reason as the list says
     *  @param isBlocked whether the application is blocked on the card now */
    record Listed(CardNo card, int reason, boolean isBlocked) implements TapResult {}

    /** The debit was sent and its outcome is unknown, or it could not be filed. The provisional record stays in the store;
     *  the same card's next tap settles it, another card's tap or the end of the validator files it as a grey record (灰记录).
     *
     *  @param grey the provisional record */
    record Unknown(TapFrame grey) implements TapResult {}

    /** Why a tap was refused. */
    enum Why {
        /** The card left the reader, or something passing went wrong, before the debit. */
        TRY_AGAIN,
        /** No card family we know. */
        UNSUPPORTED_CARD,
        /** The purse is not yet enabled, or stopped. */
        CARD_NOT_ENABLED,
        /** The application is blocked. */
        CARD_BLOCKED,
        /** Before the first or after the last day of validity. */
        CARD_EXPIRED,
        /** The purse holds less than the amount. */
        BALANCE_TOO_LOW,
        /** The card's counter is at its limit. */
        COUNTER_EXHAUSTED,
        /** The card refused MAC1: card and PSAM have different keys. It did not debit. */
        KEY_MISMATCH,
        /** The card answered against its profile. */
        CARD_PROFILE_WRONG,
        /** The PSAM does not answer as it should. No card can be served. */
        PSAM_FAILED,
        /** The PC/SC service is gone. The process must be restarted. */
        READER_OUT_OF_SERVICE,
        /** The store takes no record: it is full, or its disk fails. */
        STORE_UNAVAILABLE
    }
}
