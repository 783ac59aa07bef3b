package cn.onecard.engine.rail.unionpay;

import cn.onecard.engine.rail.iso8583.Message;
import cn.onecard.engine.rail.iso8583.PosTransaction;
import cn.onecard.engine.rail.iso8583.ResponseCode;
import java.util.Optional;
import java.util.UUID;

/** A bank transaction as the terminal's journal keeps it.
 *
 *  @param leg whose it is: one leg of one order; the caller's, never reused
 *  @param kind what it is
 *  @param place batch and trace
 *  @param kept the request without PIN, tracks and MAC: what a reversal, an upload or a second sending of an advice is made of; its
 *      owner encrypts it at rest, for it has the card's number
 *  @param progress how it stands
 *  @param answer the host's last word on it, if there is one */
public record BankTransaction(UUID leg, PosTransaction kind, Place place, Message kept, Progress progress, Optional<BankAnswer> answer) {
    /** Where the transaction is in the terminal's count.
     *
     *  @param batch 1 to 999999
     *  @param trace 1 to 999999 */
    public record Place(int batch, int trace) {}

    /** How a transaction stands.
     *
     *  @param state how
     *  @param reason of a reversal: 98 no answer, 06 not to be processed, A0 of a wrong MAC
     *  @param tries reversals sent without a good answer */
    public record Progress(BankState state, Optional<ResponseCode> reason, int tries) {
        static Progress of(BankState state) {
            return new Progress(state, Optional.empty(), 0);
        }
    }

    public BankState state() {
        return progress.state();
    }

    /** This transaction, further on.
     *
     *  @throws IllegalStateException if its state does not lead there */
    BankTransaction to(Progress next) {
        if (!progress.state().leadsTo(next.state())) {
            throw new IllegalStateException("a bank transaction does not go from " + progress.state() + " to " + next.state());
        }
        return new BankTransaction(leg, kind, place, kept, next, answer);
    }

    BankTransaction answered(BankAnswer heard) {
        BankState state = heard.code().isApproval() ? BankState.APPROVED : BankState.DECLINED;
        BankTransaction moved = to(Progress.of(state));
        return new BankTransaction(leg, kind, place, kept, moved.progress, Optional.of(heard));
    }

    BankTransaction reversing(ResponseCode reason) {
        return to(new Progress(BankState.REVERSING, Optional.of(reason), 0));
    }

    /** One more reversal was sent without a good answer. */
    BankTransaction triedOnce(int mostTries) {
        int tries = progress.tries() + 1;
        return to(new Progress(tries < mostTries ? BankState.REVERSING : BankState.CASE, progress.reason(), tries));
    }

    BankTransaction ended(BankState state) {
        return to(new Progress(state, progress.reason(), progress.tries()));
    }
}
