package cn.onecard.terminal.card;

import cn.onecard.terminal.card.ProtectedCommand.LineProtection;
import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;

/** CARD BLOCK (卡片锁定) by the issuer: {@code 8416000004 MAC4}. The whole card is of no more use. */
final class CardBlock {
    private CardBlock() {}

    static void send(CardLink link, LineProtection protection) throws ReaderFault, CardRefused {
        ProtectedCommand.send(link, "CARD BLOCK", 0x84160000, new byte[0], protection);
    }
}
