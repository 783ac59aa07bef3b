package cn.onecard.engine.admit;

import cn.onecard.engine.rate.RatedTap;
import cn.onecard.house.Proof;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.Refusal;

/** A tap to be booked to suspense, and why. */
@Proof
public final class Suspect implements Admission {
    private final RatedTap tap;
    private final BusinessDate openDate;
    private final Refusal reason;

    Suspect(RatedTap tap, BusinessDate openDate, Refusal reason) {
        this.tap = tap;
        this.openDate = openDate;
        this.reason = reason;
    }

    @Override
    public RatedTap tap() {
        return tap;
    }

    @Override
    public BusinessDate openDate() {
        return openDate;
    }

    public Refusal reason() {
        return reason;
    }
}
