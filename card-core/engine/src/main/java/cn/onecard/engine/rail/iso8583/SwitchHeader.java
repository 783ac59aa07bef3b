package cn.onecard.engine.rail.iso8583;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The header in front of a switch message, 46 bytes.
 *
 *  <pre>
 *   0  header length 1            2E
 *   1  flag and version 1         02
 *   2  message length 4           ASCII digits; filled by us, never trusted: published traces carry a constant
 *   6  destination 11             institution, spaces behind
 *  17  source 11                  institution, spaces behind
 *  28  reserved 3                 ASCII
 *  31  batch number 1
 *  32  transaction information 8
 *  40  user information 1
 *  41  reject code 5              ASCII digits; 00000, or else this is a message of ours that bounced
 *  </pre>
 *
 *  @param declaredLength 0 to 9999
 *  @param destination up to 11 printable characters
 *  @param source up to 11 printable characters
 *  @param reserved 3 printable characters
 *  @param route the parts that pass through unread
 *  @param rejectCode 0 to 99999 */
public record SwitchHeader(int declaredLength, String destination, String source, String reserved, Route route, int rejectCode) {
    static final int BYTES = 46;
    private static final int FLAG = 0x02;

    /** What passes through unread.
     *
     *  @param batch one byte
     *  @param transaction eight bytes
     *  @param user one byte */
    public record Route(byte batch, long transaction, byte user) {}

    public SwitchHeader {
        if (declaredLength < 0 || declaredLength > 9_999 || rejectCode < 0 || rejectCode > 99_999 || !isInstitution(destination)
                || !isInstitution(source) || !reserved.matches("[ -~]{3}")) {
            throw new MalformedMessage(MalformedMessage.BEFORE_MESSAGE, Fault.HEADER);
        }
    }

    /** Whether this is a message of ours that the switch sent back. */
    public boolean isRejected() {
        return rejectCode != 0;
    }

    SwitchHeader withDeclaredLength(int length) {
        return new SwitchHeader(length, destination, source, reserved, route, rejectCode);
    }

    static SwitchHeader read(ByteBuffer in) {
        if (in.remaining() < BYTES || in.get() != BYTES || in.get() != FLAG) {
            throw new MalformedMessage(MalformedMessage.BEFORE_MESSAGE, Fault.HEADER);
        }
        int length = number(text(in, 4));
        String destination = institution(text(in, 11));
        String source = institution(text(in, 11));
        String reserved = text(in, 3);
        Route route = new Route(in.get(), in.getLong(), in.get());
        return new SwitchHeader(length, destination, source, reserved, route, number(text(in, 5)));
    }

    void write(ByteBuffer out) {
        out.put((byte) BYTES).put((byte) FLAG);
        put(out, Message.digits(MalformedMessage.BEFORE_MESSAGE, declaredLength, 4));
        put(out, destination + " ".repeat(11 - destination.length()));
        put(out, source + " ".repeat(11 - source.length()));
        put(out, reserved);
        out.put(route.batch()).putLong(route.transaction()).put(route.user());
        put(out, Message.digits(MalformedMessage.BEFORE_MESSAGE, rejectCode, 5));
    }

    private static boolean isInstitution(String name) {
        return name.matches("[ -~]{0,11}") && !name.endsWith(" ");
    }

    private static String institution(String padded) {
        int end = padded.length();
        while (end > 0 && padded.charAt(end - 1) == ' ') {
            end--;
        }
        return padded.substring(0, end);
    }

    private static String text(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static int number(String digits) {
        if (!digits.matches("[0-9]+")) {
            throw new MalformedMessage(MalformedMessage.BEFORE_MESSAGE, Fault.HEADER);
        }
        return Integer.parseInt(digits);
    }

    private static void put(ByteBuffer out, String text) {
        out.put(text.getBytes(StandardCharsets.US_ASCII));
    }
}
