package cn.onecard.terminal.card;

import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;

/** UPDATE CAPP DATA CACHE (更新复合应用数据缓存), between INIT FOR CAPP PURCHASE and DEBIT, also several times: what the debit is to write into
 *  the card's files. The card keeps it in memory; without the debit it is lost.
 *
 *  <pre>
 *  80DC P1 (SFI&lt;&lt;3) Lc data
 *  00 F0   append a trip record to 001E               12 D0   metro record 2712 of 001A
 *  02 D0   bus record 2702 of the composite file 001A   02 C8   bus record of the local file 0019
 *  </pre> */
final class UpdateCappDataCache {
    private UpdateCappDataCache() {}

    /** Says what is to be written.
     *
     *  @param record which record, as the file's scheme has it, 0 to 255
     *  @param sfi of the file, 1 to 31 */
    static void send(CardLink link, int record, int sfi, byte[] data) throws ReaderFault, CardRefused {
        command(record, sfi, data).send(link, 0);
    }

    static Command command(int record, int sfi, byte[] data) {
        return Command.withData("UPDATE CAPP DATA CACHE", 0x80DC0000 | record << 8 | sfi << 3, data, Command.NO_LE);
    }
}
