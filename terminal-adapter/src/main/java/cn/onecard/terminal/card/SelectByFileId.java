package cn.onecard.terminal.card;

import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;
import java.nio.ByteBuffer;

/** SELECT by file id: {@code 00A4000002 FID 00}, answered by the FCI. */
final class SelectByFileId {
    private SelectByFileId() {}

    /** The FCI of the file.
     *
     *  @param fileId 0 to FFFF */
    static byte[] send(CardLink link, int fileId) throws ReaderFault, CardRefused {
        return Command.withData("SELECT", 0x00A40000, ByteBuffer.allocate(2).putShort((short) fileId).array(), 0).send(link, 0);
    }
}
