package cn.onecard.terminal.card;

import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;
import cn.onecard.vocabulary.CardCounter;
import cn.onecard.vocabulary.Money;
import java.nio.ByteBuffer;

/** INIT FOR PURCHASE (消费初始化) and INIT FOR CAPP PURCHASE (复合消费初始化). Changes nothing on the card.
 *
 *  <pre>
 *  command  8050 (01 purchase, 03 CAPP) 02 0B | key index 1 | amount 4 | terminal 6 | 0F
 *  answer   balance 4 | counter 2 | overdraft 3 | key version 1 | algorithm 1 | random 4
 *  </pre> */
final class InitForPurchase {
    private static final int COMPOSITE = 0x09;

    private InitForPurchase() {}

    static InitAnswer send(CardLink link, PurchaseTerms terms, int keyIndex) throws ReaderFault, CardRefused {
        ByteBuffer b = ByteBuffer.wrap(command(terms, keyIndex).send(link, 15));
        Money balance = Money.ofFen(b.getInt() & 0x7FFF_FFFF);
        CardCounter counter = new CardCounter(b.getShort() & 0xFFFF);
        b.position(b.position() + 3);
        return new InitAnswer(balance, counter, b.get() & 0xFF, b.get() & 0xFF, b.getInt());
    }

    static Command command(PurchaseTerms terms, int keyIndex) {
        int header = terms.type() == COMPOSITE ? 0x80500302 : 0x80500102;
        byte[] data = ByteBuffer.allocate(11).put((byte) keyIndex).putInt((int) terms.amount().fen())
                .putShort((short) (terms.terminal().value() >>> 32)).putInt((int) terms.terminal().value()).array();
        return Command.withData("INIT FOR PURCHASE", header, data, 0x0F);
    }
}
