package cn.onecard.engine.rail.qr;

import java.nio.charset.StandardCharsets;

/** The check sum of a merchant's code: CRC-16 with polynomial 1021 and initial value FFFF, not reflected, over UTF-8. */
final class Crc {
    private static final int POLYNOMIAL = 0x1021;

    private Crc() {}

    /** The check sum of a text, 0 to FFFF. */
    static int of(String text) {
        int crc = 0xFFFF;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            crc ^= (b & 0xFF) << 8;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc << 1) ^ ((crc & 0x8000) == 0 ? 0 : POLYNOMIAL);
            }
            crc &= 0xFFFF;
        }
        return crc;
    }
}
