package cn.onecard.terminal.card;

import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TerminalId;

/** INIT FOR UNLOAD (圈提初始化). Changes nothing on the card; not every card can unload its e-purse.
 *
 *  <pre>
 *  command  805005020B | key index 1 | amount 4 | terminal 6 | 10
 *  answer   balance 4 | on-line counter 2 | key version 1 | algorithm 1 | random 4 | MAC1 4
 *  </pre> */
final class InitForUnload {
    private InitForUnload() {}

    static LoadInit send(CardLink link, Money amount, TerminalId terminal, int keyIndex) throws ReaderFault, CardRefused {
        return InitForLoad.parse(command(amount, terminal, keyIndex).send(link, 16));
    }

    static Command command(Money amount, TerminalId terminal, int keyIndex) {
        return Command.withData("INIT FOR UNLOAD", 0x80500502, InitForLoad.terms(amount, terminal, keyIndex), 0x10);
    }
}
