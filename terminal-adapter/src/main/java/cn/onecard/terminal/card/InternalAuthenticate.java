package cn.onecard.terminal.card;

import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;

/** INTERNAL AUTHENTICATE (内部认证): {@code 0088 mode keyId Lc data}. The card computes with one of its keys. */
final class InternalAuthenticate {
    private InternalAuthenticate() {}

    /** What the card is to compute. */
    enum Mode {
        ENCIPHER(0x00, 8), DECIPHER(0x01, 8), MAC(0x02, 4);

        private final int p1;
        private final int bytes;

        Mode(int p1, int bytes) {
            this.p1 = p1;
            this.bytes = bytes;
        }
    }

    /** The result: as many bytes as the data, or four of a MAC. */
    static byte[] send(CardLink link, Mode mode, int keyId, byte[] data) throws ReaderFault, CardRefused {
        return command(mode, keyId, data).send(link, mode.bytes);
    }

    static Command command(Mode mode, int keyId, byte[] data) {
        return Command.withData("INTERNAL AUTHENTICATE", 0x00880000 | mode.p1 << 8 | keyId, data, 0);
    }
}
