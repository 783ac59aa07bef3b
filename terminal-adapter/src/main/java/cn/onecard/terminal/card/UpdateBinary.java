package cn.onecard.terminal.card;

import cn.onecard.terminal.card.ProtectedCommand.LineProtection;
import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;

/** UPDATE BINARY of a file under line protection: {@code 04D6 (80 or SFI) offset Lc data MAC4}. */
final class UpdateBinary {
    private static final int HEADER = 0x04D68000;

    private UpdateBinary() {}

    /** Writes part of a file.
     *
     *  @param sfi 1 to 31
     *  @param offset 0 to 255 */
    static void send(CardLink link, int sfi, int offset, byte[] data, LineProtection protection) throws ReaderFault, CardRefused {
        ProtectedCommand.send(link, "UPDATE BINARY", HEADER | sfi << 8 | offset, data, protection);
    }
}
