package cn.onecard.terminal.reader;

/** A conversation with one card. After any {@link ReaderFault} it is over: connect anew and ask the card who it is. */
public interface CardLink {
    /** Sends one command APDU and returns the whole answer, status word last. Continued answers (61xx) are fetched. Where
     *  the card asks for another Le (6Cxx) and the command had one on the wire, it is sent once more with that Le; header
     *  and data are never altered.
     *
     *  @param command a short APDU of case 1, 2, 3 or 4
     *  @return at least two bytes
     *  @throws ReaderFault.CardGone if the card left: whether it carried out the command is unknown
     *  @throws ReaderFault.WrongLe if the card asks for another Le where the command had none on the wire
     *  @throws ReaderFault.NoService if nobody serves the readers any more: the outcome is unknown too */
    byte[] transmit(byte[] command) throws ReaderFault;

    /** The card's answer to reset. Says what kind of card it is, never which. */
    byte[] atr();

    /** Ends the conversation. Never throws and may be called again.
     *
     *  @param reset whether the card is to be reset, so that it forgets what was selected */
    void close(boolean reset);
}
