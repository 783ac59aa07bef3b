package cn.onecard.engine.verify;

import cn.onecard.engine.receive.ReceivedTap;
import cn.onecard.house.Proof;

/** A tap with a TAC that is not the card's. */
@Proof
public final class ForgedTap implements Verification {
    private final ReceivedTap.Framed tap;

    ForgedTap(ReceivedTap.Framed tap) {
        this.tap = tap;
    }

    @Override
    public ReceivedTap.Framed tap() {
        return tap;
    }
}
