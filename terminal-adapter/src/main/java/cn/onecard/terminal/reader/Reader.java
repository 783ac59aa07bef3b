package cn.onecard.terminal.reader;

/** One card reader (读卡器) with room for one card. Not thread-safe: one thread works with a reader at a time. */
public interface Reader {
    /** The reader's name, by which it is found again. */
    String name();

    /** Whether a card is in the reader now. It may be another one than a moment ago.
     *
     *  @throws ReaderFault.NoService if nobody serves the readers any more */
    boolean cardPresent() throws ReaderFault;

    /** Opens a conversation with the card that is there, after ending the one before, if any.
     *
     *  @throws ReaderFault.NoCard if there is none
     *  @throws ReaderFault.CardGone if it left in the meantime
     *  @throws ReaderFault.NoService if nobody serves the readers any more */
    CardLink connect() throws ReaderFault;
}
