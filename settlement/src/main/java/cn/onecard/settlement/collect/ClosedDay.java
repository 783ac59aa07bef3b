package cn.onecard.settlement.collect;

import cn.onecard.house.Proof;
import cn.onecard.vocabulary.BusinessDate;
import java.time.LocalDateTime;

/** A business date that no posting can carry any more. */
@Proof
public final class ClosedDay {
    private final BusinessDate date;
    private final LocalDateTime closedAt;

    ClosedDay(BusinessDate date, LocalDateTime closedAt) {
        this.date = date;
        this.closedAt = closedAt;
    }

    public BusinessDate date() {
        return date;
    }

    /** UTC, to the millisecond. */
    public LocalDateTime closedAt() {
        return closedAt;
    }
}
