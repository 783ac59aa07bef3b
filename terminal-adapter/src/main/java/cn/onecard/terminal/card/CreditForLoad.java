package cn.onecard.terminal.card;

import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Tac;
import java.nio.ByteBuffer;

/** CREDIT FOR LOAD (圈存), the one command that puts money into the purse. Sent once: without an answer nobody knows what the card
 *  did, until it comes again.
 *
 *  <pre>
 *  command  805200000B | date 4 | time 3 | MAC2 4 | 04
 *  answer   TAC 4
 *  </pre> */
final class CreditForLoad {
    private CreditForLoad() {}

    static Tac send(CardLink link, EventTime hostTime, int mac2) throws ReaderFault, CardRefused {
        return new Tac(ByteBuffer.wrap(command(hostTime, mac2).send(link, 4)).getInt());
    }

    static Command command(EventTime hostTime, int mac2) {
        return Command.withData("CREDIT FOR LOAD", 0x80520000, hostWord(hostTime, mac2), 0x04);
    }

    /** The host's time and its MAC2. */
    static byte[] hostWord(EventTime hostTime, int mac2) {
        return ByteBuffer.allocate(11)
                .put((byte) (hostTime.bcd() >>> 48)).putShort((short) (hostTime.bcd() >>> 32)).putInt((int) hostTime.bcd())
                .putInt(mac2).array();
    }
}
