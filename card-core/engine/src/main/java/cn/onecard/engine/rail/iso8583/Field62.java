package cn.onecard.engine.rail.iso8583;

import cn.onecard.engine.rail.tlv.MalformedTlv;
import cn.onecard.engine.rail.tlv.Tlv;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Field 62 of the POS dialect (自定义域), but for the working keys of a sign-on, which are the key room's to read: the PIN of a link
 *  under SM4, and the download of CA keys and chip parameters. */
public final class Field62 {
    /** The number of the field. */
    public static final int NUMBER = 62;

    private static final byte[] SM_PIN = "SM016".getBytes(StandardCharsets.US_ASCII);
    private static final int SM_PIN_BYTES = 16;

    private Field62() {}

    /** A part of a download.
     *
     *  @param state whether there is more
     *  @param objects what came, an object a key, an application or one of their values */
    public record Download(State state, List<Tlv> objects) {
        /** Whether there is more. */
        public enum State {
            /** There is nothing to be had. */
            NOTHING('0'),
            /** This is the last part. */
            LAST('1'),
            /** More follows. */
            MORE('2');

            private final char code;

            State(char code) {
                this.code = code;
            }
        }

        public Download {
            objects = List.copyOf(objects);
        }

        /** The field. */
        public byte[] bytes() {
            return concat(new byte[] {(byte) state.code}, Tlv.write(objects));
        }
    }

    /** A PIN block of 16 bytes, enciphered under SM4, as the field; field 52 then holds zeros. */
    public static byte[] ofPinBlock(byte[] block) {
        if (block.length != SM_PIN_BYTES) {
            throw new MalformedMessage(NUMBER, Fault.LENGTH);
        }
        return concat(SM_PIN, block);
    }

    /** The PIN block that a message carries under SM4, if it does. */
    public static Optional<byte[]> findPinBlock(Message message) {
        return message.findBytes(NUMBER)
                .filter(bytes -> bytes.length == SM_PIN.length + SM_PIN_BYTES && Arrays.equals(bytes, 0, SM_PIN.length, SM_PIN, 0, SM_PIN.length))
                .map(bytes -> Arrays.copyOfRange(bytes, SM_PIN.length, bytes.length));
    }

    /** The question for the list of what can be downloaded.
     *
     *  @param received entries that came before, 0 to 99 */
    public static byte[] ofQuery(int received) {
        return ("1" + Message.digits(NUMBER, received, 2)).getBytes(StandardCharsets.US_ASCII);
    }

    /** The part of a download that an answer carries.
     *
     *  @throws MalformedMessage if it is none */
    public static Download download(Message answer) {
        byte[] bytes = answer.bytes(NUMBER);
        Download.State state = Arrays.stream(Download.State.values()).filter(s -> bytes.length > 0 && bytes[0] == s.code).findFirst()
                .orElseThrow(() -> new MalformedMessage(NUMBER, Fault.PARTS));
        try {
            return new Download(state, Tlv.parse(Arrays.copyOfRange(bytes, 1, bytes.length)));
        } catch (MalformedTlv e) {
            throw new MalformedMessage(NUMBER, Fault.PARTS);
        }
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
