package cn.onecard.engine.order;

import java.time.Instant;
import java.time.LocalDate;

/** An account while a transaction holds its row. Fields are written by {@link #move} and {@link #spend}, by the thread of that
 *  transaction. */
final class PayAccount {
    private final AccountId id;
    private final AccountState state;
    private final int limitClass;
    private final Instant openedAt;
    private long balanceFen;
    private long heldFen;
    private long entryNo;
    private LocalDate spentOn;
    private long spentFen;

    /** As the row says.
     *
     *  @param openedAt to the millisecond */
    PayAccount(AccountId id, AccountState state, int limitClass, Standing standing, Instant openedAt) {
        this.id = id;
        this.state = state;
        this.limitClass = limitClass;
        this.openedAt = openedAt;
        this.balanceFen = standing.balanceFen;
        this.heldFen = standing.heldFen;
        this.entryNo = standing.entryNo;
        this.spentOn = standing.spentOn;
        this.spentFen = standing.spentFen;
    }

    /** The part of a row that changes. */
    record Standing(long balanceFen, long heldFen, long entryNo, LocalDate spentOn, long spentFen) {
        static Standing fresh(LocalDate today) {
            return new Standing(0, 0, 0, today, 0);
        }
    }

    AccountId id() {
        return id;
    }

    AccountState state() {
        return state;
    }

    int limitClass() {
        return limitClass;
    }

    Instant openedAt() {
        return openedAt;
    }

    Standing standing() {
        return new Standing(balanceFen, heldFen, entryNo, spentOn, spentFen);
    }

    /** What may be taken. */
    long availableFen() {
        return balanceFen - heldFen;
    }

    long balanceFen() {
        return balanceFen;
    }

    /** Spent on a day so far. */
    long spentFen(LocalDate day) {
        return spentOn.equals(day) ? spentFen : 0;
    }

    /** Counts towards the limit of a day, or no longer; what was counted on another day is forgotten with that day. */
    void spend(LocalDate day, long fen) {
        spentFen = Math.max(0, spentFen(day) + fen);
        spentOn = day;
    }

    /** Changes balance and holding, and returns the number of the entry that says so. */
    long move(long amountFen, long heldChangeFen) {
        balanceFen = Math.addExact(balanceFen, amountFen);
        heldFen = Math.addExact(heldFen, heldChangeFen);
        return ++entryNo;
    }
}
