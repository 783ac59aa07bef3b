package cn.onecard.settlement.net;

import cn.onecard.house.Proof;
import cn.onecard.settlement.clear.ClearedDay;
import cn.onecard.vocabulary.BusinessDate;
import java.util.List;

/** A cleared day whose positions add up to zero. */
@Proof
public final class NettedDay {
    private final ClearedDay cleared;
    private final List<Position> positions;
    private final List<Payout> payouts;

    NettedDay(ClearedDay cleared, List<Position> positions, List<Payout> payouts) {
        this.cleared = cleared;
        this.positions = List.copyOf(positions);
        this.payouts = List.copyOf(payouts);
    }

    public ClearedDay cleared() {
        return cleared;
    }

    public BusinessDate date() {
        return cleared.date();
    }

    /** In the order of their holders' numbers: cardholders' accounts that moved, suspense, the purses, the parties. */
    public List<Position> positions() {
        return positions;
    }

    /** What each party but the card company is paid, and what it carries on; in the order of their numbers. */
    public List<Payout> payouts() {
        return payouts;
    }
}
