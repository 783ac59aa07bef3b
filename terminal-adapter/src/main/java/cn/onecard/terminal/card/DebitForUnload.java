package cn.onecard.terminal.card;

import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;
import cn.onecard.vocabulary.EventTime;
import java.nio.ByteBuffer;

/** DEBIT FOR UNLOAD (圈提), which takes money out of the purse and gives it back on-line. Sent once.
 *
 *  <pre>
 *  command  805403000B | date 4 | time 3 | MAC2 4 | 04
 *  answer   MAC3 4, under the session key: it is no TAC
 *  </pre> */
final class DebitForUnload {
    private DebitForUnload() {}

    /** MAC3, for the host. */
    static int send(CardLink link, EventTime hostTime, int mac2) throws ReaderFault, CardRefused {
        return ByteBuffer.wrap(command(hostTime, mac2).send(link, 4)).getInt();
    }

    static Command command(EventTime hostTime, int mac2) {
        return Command.withData("DEBIT FOR UNLOAD", 0x80540300, CreditForLoad.hostWord(hostTime, mac2), 0x04);
    }
}
