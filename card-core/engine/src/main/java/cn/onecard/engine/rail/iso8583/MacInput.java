package cn.onecard.engine.rail.iso8583;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a message's MAC is made over (MAB, 报文鉴别码数据块).
 *
 *  <p>In the POS dialect it is the message as it is sent, from the type through the field before the MAC, with the bit of the MAC
 *  set. In the switch dialect it is the type and the fields that the profile selects, one space between them, a field of
 *  variable length with its length in front; then lower case is raised, whatever is no letter, digit, space, comma or full stop
 *  falls out, and runs of spaces become one. That last sentence is common practice and stands on no published page. */
public final class MacInput {
    private MacInput() {}

    /** The bytes that the MAC of a message is made over, whether or not it has one yet. */
    public static byte[] of(Message message) {
        return switch (message.profile().dialect()) {
            case POS -> upToTheMac(message);
            case SWITCH -> cleaned(selected(message));
        };
    }

    private static byte[] upToTheMac(Message message) {
        byte[] whole = message.withMac(new byte[8]).encode();
        return Arrays.copyOf(whole, whole.length - 8);
    }

    private static byte[] selected(Message message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(message.type().getBytes(StandardCharsets.US_ASCII));
        for (int number : message.listFields()) {
            FieldRule rule = message.profile().rule(number);
            if (rule.mac() > 0) {
                byte[] content = message.content(number);
                out.write(' ');
                if (rule.prefix() > 0) {
                    out.writeBytes(Message.digits(number, content.length, rule.prefix()).getBytes(StandardCharsets.US_ASCII));
                }
                out.write(content, 0, Math.min(content.length, rule.mac()));
            }
        }
        return out.toByteArray();
    }

    private static byte[] cleaned(byte[] text) {
        StringBuilder clean = new StringBuilder(text.length);
        for (byte b : text) {
            char c = (char) (b >= 'a' && b <= 'z' ? b - 'a' + 'A' : b & 0xFF);
            boolean kept = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ',' || c == '.';
            boolean firstSpace = c == ' ' && !clean.isEmpty() && clean.charAt(clean.length() - 1) != ' ';
            if (kept || firstSpace) {
                clean.append(c);
            }
        }
        return clean.toString().stripTrailing().getBytes(StandardCharsets.US_ASCII);
    }
}
