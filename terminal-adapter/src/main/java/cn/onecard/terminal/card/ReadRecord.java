package cn.onecard.terminal.card;

import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;

/** READ RECORD of a file by its short id: {@code 00B2 record (SFI<<3 or 4) Le}. */
final class ReadRecord {
    private ReadRecord() {}

    /** One record of the file; 1 is the newest of a cyclic file.
     *
     *  @param length of the record, or 0 for whatever it is */
    static byte[] send(CardLink link, int sfi, int record, int length) throws ReaderFault, CardRefused {
        return Command.reading("READ RECORD", 0x00B20004 | record << 8 | sfi << 3, length).send(link, length);
    }
}
