package cn.onecard.terminal.reader;

import java.time.Duration;

/** One card reader (读卡器) with room for one card. Not thread-safe: one thread works with a reader at a time. */
public interface Reader {
    /** The reader's name, by which it is found again. */
    String name();

    /** Whether a card is in the reader now. It may be another one than a moment ago.
     *
     *  @throws ReaderFault.NoService if nobody serves the readers */
    boolean cardPresent() throws ReaderFault;

    /** Waits until a card is in the reader. No other reader is kept waiting meanwhile, unless they are the JDK's.
     *
     *  @param atMost how long; zero only looks
     *  @return whether one came within the time
     *  @throws InterruptedException if this thread was interrupted
     *  @throws ReaderFault.NoService if nobody serves the readers */
    boolean awaitPresent(Duration atMost) throws ReaderFault, InterruptedException;

    /** Waits until no card is in the reader; otherwise as {@link #awaitPresent}.
     *
     *  @return whether it left within the time */
    boolean awaitAbsent(Duration atMost) throws ReaderFault, InterruptedException;

    /** Opens a conversation with the card that is there, after ending the one before, if any.
     *
     *  @throws ReaderFault.NoCard if there is none
     *  @throws ReaderFault.CardGone if it left in the meantime
     *  @throws ReaderFault.NoService if nobody serves the readers */
    CardLink connect() throws ReaderFault;
}
