package cn.onecard.terminal.card;

import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Tac;
import java.nio.ByteBuffer;

/** DEBIT FOR PURCHASE (消费), the one command that takes money. Sent once: whoever gets no answer asks the card what it did.
 *
 *  <pre>
 *  command  805401000F | PSAM sequence 4 | date 4 | time 3 | MAC1 4 | 08
 *  answer   TAC 4 | MAC2 4
 *  </pre> */
final class DebitForPurchase {
    private DebitForPurchase() {}

    static DebitProof send(CardLink link, long psamSeq, EventTime time, int mac1) throws ReaderFault, CardRefused {
        ByteBuffer b = ByteBuffer.wrap(command(psamSeq, time, mac1).send(link, 8));
        return new DebitProof(new Tac(b.getInt()), b.getInt());
    }

    static Command command(long psamSeq, EventTime time, int mac1) {
        byte[] data = ByteBuffer.allocate(15).putInt((int) psamSeq)
                .put((byte) (time.bcd() >>> 48)).putShort((short) (time.bcd() >>> 32)).putInt((int) time.bcd())
                .putInt(mac1).array();
        return Command.withData("DEBIT FOR PURCHASE", 0x80540100, data, 0x08);
    }
}
