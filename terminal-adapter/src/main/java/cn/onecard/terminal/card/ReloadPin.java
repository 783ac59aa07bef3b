package cn.onecard.terminal.card;

import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;
import java.nio.ByteBuffer;

/** RELOAD PIN (重装口令) by the issuer: {@code 805E00 keyId Lc PIN MAC4}. The MAC is over the PIN alone, under the exclusive-or of the
 *  two halves of the reload key. */
final class ReloadPin {
    private ReloadPin() {}

    static void send(CardLink link, int keyId, Pin pin, int mac) throws ReaderFault, CardRefused {
        command(keyId, pin, mac).send(link, 0);
    }

    static Command command(int keyId, Pin pin, int mac) {
        byte[] data = ByteBuffer.allocate(pin.bytes().length + 4).put(pin.bytes()).putInt(mac).array();
        return Command.withData("RELOAD PIN", 0x805E0000 | keyId, data, Command.NO_LE);
    }
}
