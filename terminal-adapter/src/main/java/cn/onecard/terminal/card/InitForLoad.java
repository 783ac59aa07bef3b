package cn.onecard.terminal.card;

import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TerminalId;
import java.nio.ByteBuffer;

/** INIT FOR LOAD (圈存初始化). Changes nothing on the card.
 *
 *  <pre>
 *  command  805000020B | key index 1 | amount 4 | terminal 6 | 10
 *  answer   balance 4 | on-line counter 2 | key version 1 | algorithm 1 | random 4 | MAC1 4
 *  </pre> */
final class InitForLoad {
    private InitForLoad() {}

    static LoadInit send(CardLink link, Money amount, TerminalId terminal, int keyIndex) throws ReaderFault, CardRefused {
        return parse(command(amount, terminal, keyIndex).send(link, 16));
    }

    static Command command(Money amount, TerminalId terminal, int keyIndex) {
        return Command.withData("INIT FOR LOAD", 0x80500002, terms(amount, terminal, keyIndex), 0x10);
    }

    /** What INIT FOR LOAD and INIT FOR UNLOAD answer. */
    static LoadInit parse(byte[] answer) {
        ByteBuffer b = ByteBuffer.wrap(answer);
        Money balance = Money.ofFen(Integer.toUnsignedLong(b.getInt()));
        return new LoadInit(balance, b.getShort() & 0xFFFF, b.get() & 0xFF, b.get() & 0xFF, b.getInt(), b.getInt());
    }

    /** What they are told. */
    static byte[] terms(Money amount, TerminalId terminal, int keyIndex) {
        if (amount.isNegative() || amount.fen() > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("an amount on the card has four unsigned bytes: " + amount);
        }
        return ByteBuffer.allocate(11).put((byte) keyIndex).putInt((int) amount.fen())
                .putShort((short) (terminal.value() >>> 32)).putInt((int) terminal.value()).array();
    }
}
