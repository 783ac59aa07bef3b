package cn.onecard.engine.rail.unionpay;

/** The journal of the tests keeps the contract of the true one. */
class MemoryJournalTest extends TerminalJournalContract {
    private final MemoryJournal journal = new MemoryJournal();

    @Override
    TerminalJournal journal() {
        return journal;
    }

    @Override
    TerminalJournal reopened() {
        return journal;
    }
}
