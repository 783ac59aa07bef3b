package cn.onecard.engine.post;

import cn.onecard.house.Proof;
import cn.onecard.vocabulary.Refusal;
import cn.onecard.vocabulary.TapOutcome;
import java.util.Optional;

/** What became of a frame, committed. */
@Proof
public final class Posted {
    private final Posting posting;
    private final TapOutcome outcome;
    private final Optional<Refusal> reason;

    Posted(Posting posting, TapOutcome outcome, Optional<Refusal> reason) {
        this.posting = posting;
        this.outcome = outcome;
        this.reason = reason;
    }

    public Posting posting() {
        return posting;
    }

    public TapOutcome outcome() {
        return outcome;
    }

    /** Why it was not simply accepted; empty if it was, or is known already. */
    public Optional<Refusal> reason() {
        return reason;
    }
}
