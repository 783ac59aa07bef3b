package cn.onecard.terminal.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The small file that says how far the core has acknowledged, 16 bytes big-endian:
 *
 *  <pre>
 *  0 'O' 'C' 'A' 1    4 sequence of the last record acknowledged 8    12 CRC-32C of bytes 0 to 11
 *  </pre>
 *  A mark that is missing or unsound counts as 0. That is safe: taps are sent again and the core answers that they are
 *  duplicates. */
final class AcknowledgedMark {
    static final String NAME = "acknowledged";

    private static final int MARK = 'O' << 24 | 'C' << 16 | 'A' << 8 | 1;
    private static final int BYTES = 16;
    private static final int CRC_OFFSET = 12;

    private AcknowledgedMark() {}

    static void write(SpoolDisk disk, long sequence) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES).putInt(MARK).putLong(sequence);
        disk.replace(NAME, buffer.putInt(crc(buffer.array())).array());
    }

    static long read(SpoolDisk disk) throws IOException {
        return disk.find(NAME).filter(AcknowledgedMark::isSound).map(bytes -> ByteBuffer.wrap(bytes).getLong(4)).orElse(0L);
    }

    private static boolean isSound(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return bytes.length == BYTES && buffer.getInt(0) == MARK && buffer.getInt(CRC_OFFSET) == crc(bytes);
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CRC_OFFSET);
        return (int) crc.getValue();
    }
}
