package cn.onecard.engine.rail.unionpay;

/** A place at which a process can be killed: the n-th of all that it passes. */
final class KillPoint {
    /** The process is dead. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private int left;

    /** @param at the how-manieth place kills, from 1 on; 0: none */
    KillPoint(int at) {
        this.left = at;
    }

    void pass() {
        if (left > 0 && --left == 0) {
            throw new Killed();
        }
    }

    /** Whether somebody was killed. */
    boolean isReached() {
        return left == 0;
    }
}
