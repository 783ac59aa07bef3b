package cn.onecard.engine.rate;

import cn.onecard.engine.verify.CredibleTap;
import cn.onecard.house.Proof;

/** A credible tap whose fare has been audited. */
@Proof
public final class RatedTap {
    private final CredibleTap credible;
    private final FareVerdict verdict;

    RatedTap(CredibleTap credible, FareVerdict verdict) {
        this.credible = credible;
        this.verdict = verdict;
    }

    public CredibleTap credible() {
        return credible;
    }

    public FareVerdict verdict() {
        return verdict;
    }
}
