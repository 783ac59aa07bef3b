package cn.onecard.terminal.card;

import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;

/** EXTERNAL AUTHENTICATE (外部认证): {@code 008200 keyId 08} and the last challenge enciphered under that key. A wrong one costs the key a
 *  try. */
final class ExternalAuthenticate {
    private ExternalAuthenticate() {}

    /** Proves a key to the card.
     *
     *  @param cryptogram eight bytes: the challenge, padded with zeros to a block, enciphered */
    static void send(CardLink link, int keyId, byte[] cryptogram) throws ReaderFault, CardRefused {
        command(keyId, cryptogram).send(link, 0);
    }

    static Command command(int keyId, byte[] cryptogram) {
        return Command.withData("EXTERNAL AUTHENTICATE", 0x00820000 | keyId, cryptogram, Command.NO_LE);
    }
}
