package cn.onecard.terminal.card;

import cn.onecard.terminal.card.ProtectedCommand.LineProtection;
import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;

/** APPLICATION UNBLOCK (应用解锁) by the issuer: {@code 8418000004 MAC4}. Three wrong MACs lock the application for good. */
final class ApplicationUnblock {
    private ApplicationUnblock() {}

    static void send(CardLink link, LineProtection protection) throws ReaderFault, CardRefused {
        ProtectedCommand.send(link, "APPLICATION UNBLOCK", 0x84180000, new byte[0], protection);
    }
}
