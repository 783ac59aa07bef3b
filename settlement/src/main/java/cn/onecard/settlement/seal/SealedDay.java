package cn.onecard.settlement.seal;

import cn.onecard.house.Proof;
import cn.onecard.settlement.collect.ClosedDay;
import cn.onecard.settlement.day.DayRun;
import cn.onecard.settlement.day.Sha256;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.Money;
import java.time.LocalDateTime;

/** A closed day whose journal is sealed, copied into card order and checked. */
@Proof
public final class SealedDay {
    private final ClosedDay closed;
    private final DayRun run;

    SealedDay(ClosedDay closed, DayRun run) {
        this.closed = closed;
        this.run = run;
    }

    /** When the day was closed, UTC. */
    public LocalDateTime closedAt() {
        return closed.closedAt();
    }

    public BusinessDate date() {
        return closed.date();
    }

    public long tapCount() {
        return run.tapCount();
    }

    /** What parties are owed. */
    public Money accepted() {
        return run.accepted();
    }

    /** What went to suspense. */
    public Money suspense() {
        return run.suspense();
    }

    /** The Merkle root of the journal. */
    public Sha256 root() {
        return run.root();
    }
}
