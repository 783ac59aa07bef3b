package cn.onecard.terminal.card;

import cn.onecard.terminal.card.ProtectedCommand.LineProtection;
import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;

/** APPLICATION BLOCK (应用锁定): {@code 841E00 00 04 MAC4}, which the issuer can lift, or {@code 841E00 01 04 MAC4} for good. Without an
 *  answer nobody knows: whoever selects the application again is told whether it is blocked. */
final class ApplicationBlock {
    private static final int TEMPORARY = 0x841E0000;
    private static final int FOR_GOOD = 0x841E0001;

    private ApplicationBlock() {}

    static void send(CardLink link, boolean forGood, LineProtection protection) throws ReaderFault, CardRefused {
        ProtectedCommand.send(link, "APPLICATION BLOCK", forGood ? FOR_GOOD : TEMPORARY, new byte[0], protection);
    }
}
