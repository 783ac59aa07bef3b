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

    NettedDay(ClearedDay cleared, List<Position> positions) {
        this.cleared = cleared;
        this.positions = List.copyOf(positions);
    }

    public ClearedDay cleared() {
        return cleared;
    }

    public BusinessDate date() {
        return cleared.date();
    }

    /** In the order of their holders' numbers: suspense, the purses, the parties. */
    public List<Position> positions() {
        return positions;
    }
}
