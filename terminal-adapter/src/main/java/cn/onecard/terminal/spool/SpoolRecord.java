package cn.onecard.terminal.spool;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/** One record of a segment, big-endian:
 *
 *  <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------+---------------+---------------+---------------+
 *  |      'O'      |      'C'      |  version = 1  |     kind      |   0
 *  +---------------+---------------+---------------+---------------+
 *  |               payload length n, 0 to 512 bytes                |   4
 *  +---------------------------------------------------------------+
 *  |                                                               |   8
 *  +                  sequence, rises by one                       +
 *  |                                                               |  12
 *  +---------------------------------------------------------------+
 *  |            payload: a protobuf message Tap, n bytes         ...  16
 *  +---------------------------------------------------------------+
 *  |          CRC-32C of all bytes before it, from offset 0        |  16 + n
 *  +---------------------------------------------------------------+
 *  </pre>
 *  Kind 1 PROVISIONAL holds the grey record of a debit about to be sent, 2 FINAL the record that goes to the core, 3 DROPPED
 *  only PSAM number and sequence of the provisional record it ends.
 *
 *  @param kind what the record says
 *  @param sequence 1 to 2^63-1
 *  @param payload the message's bytes */
record SpoolRecord(Kind kind, long sequence, ByteString payload) {
    static final int MAX_PAYLOAD_BYTES = 512;
    static final int MAX_BYTES = 20 + MAX_PAYLOAD_BYTES;

    private static final int MARK = 'O' << 24 | 'C' << 16 | 1 << 8;
    private static final int LENGTH_OFFSET = 4;
    private static final int SEQUENCE_OFFSET = 8;
    private static final int PAYLOAD_OFFSET = 16;
    private static final int CRC_BYTES = 4;

    SpoolRecord {
        if (payload.size() > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("a record carries at most " + MAX_PAYLOAD_BYTES + " bytes, not " + payload.size());
        }
    }

    /** What a record says. */
    enum Kind {
        PROVISIONAL(1), FINAL(2), DROPPED(3);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        private static Optional<Kind> findByCode(int code) {
            return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
        }
    }

    /** Length on disk. */
    int bytes() {
        return PAYLOAD_OFFSET + payload.size() + CRC_BYTES;
    }

    /** The record as it lies on disk. */
    byte[] encoded() {
        ByteBuffer buffer = ByteBuffer.allocate(bytes());
        buffer.putInt(MARK | kind.code).putInt(payload.size()).putLong(sequence).put(payload.asReadOnlyByteBuffer());
        return buffer.putInt(crc(buffer.array(), 0, buffer.position())).array();
    }

    /** The record that begins at an offset, or empty if none whole and sound does. */
    static Optional<SpoolRecord> findAt(byte[] bytes, int offset) {
        if (bytes.length - offset < PAYLOAD_OFFSET + CRC_BYTES) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int mark = buffer.getInt(offset);
        int length = buffer.getInt(offset + LENGTH_OFFSET);
        long sequence = buffer.getLong(offset + SEQUENCE_OFFSET);
        if ((mark & 0xFFFF_FF00) != MARK || length < 0 || length > MAX_PAYLOAD_BYTES
                || length > bytes.length - offset - PAYLOAD_OFFSET - CRC_BYTES) {
            return Optional.empty();
        }
        int end = offset + PAYLOAD_OFFSET + length;
        if (buffer.getInt(end) != crc(bytes, offset, PAYLOAD_OFFSET + length)) {
            return Optional.empty();
        }
        return Kind.findByCode(mark & 0xFF)
                .map(kind -> new SpoolRecord(kind, sequence, ByteString.copyFrom(bytes, offset + PAYLOAD_OFFSET, length)));
    }

    private static int crc(byte[] bytes, int offset, int count) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, count);
        return (int) crc.getValue();
    }
}
