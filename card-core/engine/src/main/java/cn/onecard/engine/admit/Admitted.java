package cn.onecard.engine.admit;

import cn.onecard.engine.rate.RatedTap;
import cn.onecard.house.Proof;
import cn.onecard.vocabulary.BusinessDate;

/** A tap that no refusal applies to. */
@Proof
public final class Admitted implements Admission {
    private final RatedTap tap;
    private final BusinessDate openDate;

    Admitted(RatedTap tap, BusinessDate openDate) {
        this.tap = tap;
        this.openDate = openDate;
    }

    @Override
    public RatedTap tap() {
        return tap;
    }

    @Override
    public BusinessDate openDate() {
        return openDate;
    }
}
