package cn.onecard.terminal.card;

import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;

/** GET CHALLENGE (取随机数): {@code 00840000 Le}. The next protected command or EXTERNAL AUTHENTICATE is bound to it. */
final class GetChallenge {
    private GetChallenge() {}

    /** A random of the card.
     *
     *  @param length 4 or 8; 16 on some SM4 cards */
    static byte[] send(CardLink link, int length) throws ReaderFault, CardRefused {
        return Command.reading("GET CHALLENGE", 0x00840000, length).send(link, length);
    }
}
