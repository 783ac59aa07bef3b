package cn.onecard.terminal.flow;

import cn.onecard.terminal.tap.TapRequest;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.TerminalId;

/** One line of a plan: what happens at one terminal at one moment.
 *
 *  @param psam the terminal
 *  @param card the card that is tapped; for a forgery the card it pretends to be
 *  @param turn how many taps of the same card come before this one in the plan; 0 for a forgery
 *  @param request what the terminal asks of the card
 *  @param kind what is done */
record Act(TerminalId psam, CardNo card, int turn, TapRequest request, Kind kind) {
    /** What is done. */
    enum Kind {
        /** The card is tapped. */
        TAP,
        /** The card is tapped and its record filed twice: the core must see a duplicate. */
        RESEND,
        /** The card is tapped and its record filed again with another station: the core must see a conflict. */
        CONFLICT,
        /** No card: an invented record with a random TAC. The core must see a forgery. */
        FORGE
    }
}
