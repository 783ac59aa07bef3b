package cn.onecard.terminal.card;

import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;
import cn.onecard.vocabulary.Money;
import java.nio.ByteBuffer;

/** GET BALANCE of the purse: {@code 805C000204}, answered by four bytes. */
final class GetBalance {
    private GetBalance() {}

    /** What the purse holds.
     *
     *  @param flagged whether bit 31 is a flag and no money */
    static Money send(CardLink link, boolean flagged) throws ReaderFault, CardRefused {
        int balance = ByteBuffer.wrap(Command.reading("GET BALANCE", 0x805C0002, 4).send(link, 4)).getInt();
        return Money.ofFen(flagged ? balance & 0x7FFF_FFFF : Integer.toUnsignedLong(balance));
    }
}
