package cn.onecard.engine.post;

import cn.onecard.engine.admit.Admission;
import cn.onecard.engine.card.Masters;
import cn.onecard.engine.receive.Arrival;
import cn.onecard.engine.receive.ReceivedTap;
import cn.onecard.engine.verify.ForgedTap;
import cn.onecard.vocabulary.Refusal;
import cn.onecard.vocabulary.TapKey;
import cn.onecard.vocabulary.TapOutcome;
import cn.onecard.vocabulary.TerminalId;
import cn.onecard.wire.TapFrame;
import cn.onecard.wire.proto.Tap;

/** What is to be written for one frame: a row of the journal, or a row of evidence. */
public sealed interface Posting {
    /** PSAM and sequence as the frame says, masked to their widths. */
    TapKey key();

    /** How the frame came. */
    Arrival arrival();

    /** A decided tap, for the journal.
     *
     *  @param masters the register as the decision saw it, in case the business date moves before the commit */
    static Posting of(Admission admission, Masters masters) {
        ReceivedTap.Framed tap = admission.tap().credible().tap();
        return new Decided(admission, masters, tap.frame(), Digest.ofBytes(tap.frame().digest()), tap.arrival());
    }

    /** A forged tap, for the evidence. */
    static Posting of(ForgedTap forged) {
        TapFrame frame = forged.tap().frame();
        return new Evident(frame.key(), TapOutcome.FORGED, Refusal.TAC_WRONG, frame.debit().amount().fen(), forged.tap().arrival());
    }

    /** Something that is no tap, for the evidence. */
    static Posting of(ReceivedTap.Malformed malformed) {
        return malformed(malformed.arrival());
    }

    private static Evident malformed(Arrival arrival) {
        Tap message = arrival.message();
        TapKey key = new TapKey(new TerminalId(message.getPsamNo() & 0xFFFF_FFFF_FFFFL), Integer.toUnsignedLong(message.getPsamSeq()));
        return new Evident(key, TapOutcome.MALFORMED, Refusal.MALFORMED, 0, arrival);
    }

    /** A row of the journal to be. */
    record Decided(Admission admission, Masters masters, TapFrame frame, Digest digest, Arrival arrival) implements Posting {
        @Override
        public TapKey key() {
            return frame.key();
        }

        /** The evidence that this key was used for other content before. */
        Evident conflict() {
            return new Evident(key(), TapOutcome.CONFLICT, Refusal.KEY_CONFLICT, frame.debit().amount().fen(), arrival);
        }

        /** The evidence that the ledger would not have this row. */
        Evident unbookable() {
            return malformed(arrival);
        }
    }

    /** A row of evidence to be.
     *
     *  @param amountFen as the frame says */
    record Evident(TapKey key, TapOutcome outcome, Refusal reason, long amountFen, Arrival arrival) implements Posting {}
}
