package cn.onecard.terminal.card;

import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A short command APDU and the way to send it. What the commands of card and PSAM share. */
public final class Command {
    /** For a command that expects no data. */
    public static final int NO_LE = -1;

    private final String name;
    private final byte[] bytes;

    private Command(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    /** A command with data.
     *
     *  @param header CLA INS P1 P2
     *  @param data 1 to 255 bytes
     *  @param le length of the answer, 0 for any, or {@link #NO_LE} */
    public static Command withData(String name, int header, byte[] data, int le) {
        ByteBuffer b = ByteBuffer.allocate(5 + data.length + (le == NO_LE ? 0 : 1)).putInt(header).put((byte) data.length).put(data);
        return new Command(name, (le == NO_LE ? b : b.put((byte) le)).array());
    }

    /** A command without data.
     *
     *  @param header CLA INS P1 P2
     *  @param le length of the answer, 0 for any */
    public static Command reading(String name, int header, int le) {
        return new Command(name, ByteBuffer.allocate(5).putInt(header).put((byte) le).array());
    }

    /** Sends the command and returns the data of the answer.
     *
     *  @param length how many bytes the data must have at least
     *  @throws CardRefused unless the status word is 9000 and the data is long enough */
    public byte[] send(CardLink link, int length) throws ReaderFault, CardRefused {
        byte[] answer = link.transmit(bytes.clone());
        int end = answer.length - 2;
        int statusWord = (answer[end] & 0xFF) << 8 | (answer[end + 1] & 0xFF);
        if (StatusWord.of(statusWord) != StatusWord.DONE) {
            throw CardRefused.status(name, statusWord);
        }
        if (end < length) {
            throw CardRefused.unreadable(name, end + " bytes instead of " + length);
        }
        return Arrays.copyOf(answer, end);
    }

    /** The APDU as it is given to the reader. */
    byte[] bytes() {
        return bytes.clone();
    }
}
