package cn.onecard.analytics.publish;

import cn.onecard.house.Proof;

/** A written release that the verifier has passed. Only such a release can be stored. */
@Proof
public final class VerifiedRelease {
    private final StagedRelease staged;

    VerifiedRelease(StagedRelease staged) {
        this.staged = staged;
    }

    StagedRelease staged() {
        return staged;
    }
}
