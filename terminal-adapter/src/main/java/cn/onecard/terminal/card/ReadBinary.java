package cn.onecard.terminal.card;

import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;

/** READ BINARY of a file by its short id: {@code 00B0 (80 or SFI) 00 Le}. */
final class ReadBinary {
    private ReadBinary() {}

    /** The first bytes of the file.
     *
     *  @param sfi 1 to 31
     *  @param length 1 to 255, or 0 for as much as there is */
    static byte[] send(CardLink link, int sfi, int length) throws ReaderFault, CardRefused {
        return Command.reading("READ BINARY", 0x00B08000 | sfi << 8, length).send(link, length);
    }
}
