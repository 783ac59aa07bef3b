package cn.onecard.terminal.flow;

/** Lets the taps of one card happen in the order of the plan, whichever terminals they happen at. No circle of waiting can
 *  form: of all acts not yet done the earliest in the plan waits for nobody. */
final class Turns {
    private int next;   // guarded by this

    /** Waits until all taps before that turn are done. */
    synchronized void await(int turn) throws InterruptedException {
        while (next != turn) {
            wait();
        }
    }

    /** The tap whose turn it is was done. */
    synchronized void done() {
        next++;
        notifyAll();
    }
}
