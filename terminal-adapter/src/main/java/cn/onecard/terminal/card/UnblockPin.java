package cn.onecard.terminal.card;

import cn.onecard.terminal.card.ProtectedCommand.LineProtection;
import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;

/** PIN UNBLOCK (口令解锁) by the issuer: {@code 842400 keyId Lc PIN' MAC4}, where PIN' is the PIN enciphered under the unblocking key. How
 *  P1 and P2 carry the key is told in different ways; this is the chip manual's. */
final class UnblockPin {
    private static final int HEADER = 0x84240000;

    private UnblockPin() {}

    /** Gives the PIN its tries back.
     *
     *  @param enciphered the PIN as the unblocking key makes it, eight bytes or a multiple */
    static void send(CardLink link, int keyId, byte[] enciphered, LineProtection protection) throws ReaderFault, CardRefused {
        ProtectedCommand.send(link, "PIN UNBLOCK", HEADER | keyId, enciphered, protection);
    }
}
