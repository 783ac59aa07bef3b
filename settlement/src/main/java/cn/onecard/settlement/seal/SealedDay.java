package cn.onecard.settlement.seal;

import cn.onecard.house.Proof;
import cn.onecard.settlement.collect.ClosedDay;
import cn.onecard.settlement.day.DayRun;
import cn.onecard.settlement.day.Sha256;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.Money;
import java.time.LocalDateTime;

/** A closed day whose journal is sealed, copied into card order and checked, and whose account entries are sealed. */
@Proof
public final class SealedDay {
    private final ClosedDay closed;
    private final DayRun run;
    private final PaymentSeal payments;

    SealedDay(ClosedDay closed, DayRun run, PaymentSeal payments) {
        this.closed = closed;
        this.run = run;
        this.payments = payments;
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

    /** The seal of the day's account entries. */
    public PaymentSeal payments() {
        return payments;
    }
}
