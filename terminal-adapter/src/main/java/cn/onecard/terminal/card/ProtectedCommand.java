package cn.onecard.terminal.card;

import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A command under line protection: a fresh challenge, then the command once with a MAC over challenge, header and data. Never sent
 *  again by itself: three wrong MACs may lock the application for good. */
final class ProtectedCommand {
    private static final int MAC_BYTES = 4;
    private static final int IV_BYTES = 8;

    private ProtectedCommand() {}

    /** Sends it.
     *
     *  @param header CLA INS P1 P2, with 4 as the low half of CLA
     *  @param data before the MAC, up to 251 bytes */
    static void send(CardLink link, String name, int header, byte[] data, LineProtection protection) throws ReaderFault, CardRefused {
        byte[] challenge = Arrays.copyOf(GetChallenge.send(link, protection.challengeBytes()), IV_BYTES);
        int mac = protection.macs().mac(challenge, input(header, data));
        Command.withData(name, header, ByteBuffer.allocate(data.length + MAC_BYTES).put(data).putInt(mac).array(), Command.NO_LE).send(link, 0);
    }

    /** What the MAC is made over. */
    static byte[] input(int header, byte[] data) {
        return ByteBuffer.allocate(5 + data.length).putInt(header).put((byte) (data.length + MAC_BYTES)).put(data).array();
    }

    /** Who makes the MAC, over how long a challenge.
     *
     *  @param challengeBytes 4 or 8 */
    record LineProtection(int challengeBytes, LineMac macs) {}
}
