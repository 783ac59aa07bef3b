package cn.onecard.terminal.card;

import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;

/** SELECT by name or AID: {@code 00A40400 Lc name 00}, answered by the FCI. */
final class SelectByName {
    private SelectByName() {}

    /** The FCI of the application. */
    static byte[] send(CardLink link, byte[] name) throws ReaderFault, CardRefused {
        return Command.withData("SELECT", 0x00A40400, name, 0).send(link, 0);
    }
}
