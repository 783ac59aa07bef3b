package cn.onecard.terminal.card;

import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;
import java.nio.ByteBuffer;

/** CHANGE PIN (修改口令) by the holder: {@code 805E01 keyId Lc old FF new}. A wrong old PIN costs a try. */
final class ChangePin {
    private ChangePin() {}

    static void send(CardLink link, int keyId, Pin before, Pin after) throws ReaderFault, CardRefused {
        command(keyId, before, after).send(link, 0);
    }

    static Command command(int keyId, Pin before, Pin after) {
        byte[] data = ByteBuffer.allocate(before.bytes().length + 1 + after.bytes().length)
                .put(before.bytes()).put((byte) 0xFF).put(after.bytes()).array();
        return Command.withData("CHANGE PIN", 0x805E0100 | keyId, data, Command.NO_LE);
    }
}
