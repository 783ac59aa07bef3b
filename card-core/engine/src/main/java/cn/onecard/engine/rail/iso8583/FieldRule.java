package cn.onecard.engine.rail.iso8583;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One row of a table of fields.
 *
 *  @param number the field's number
 *  @param name what it is, for people
 *  @param kind its characters
 *  @param length how many there are, or may be if there is a prefix
 *  @param prefix digits of the length that goes before the field on the wire: 0 (fixed length), 2 or 3
 *  @param rightAligned whether an odd number of packed digits is filled on the left; on the right otherwise
 *  @param shown what a log may see of it
 *  @param mac how many of its characters take part in a MAC over selected fields: 0 for none, {@link Integer#MAX_VALUE} for all */
record FieldRule(int number, String name, Kind kind, int length, int prefix, boolean rightAligned, Shown shown, int mac) {
    private static final Pattern ATTRIBUTE = Pattern.compile("(n|z|x\\+n|an|ans|t|b)(\\.\\.)?(\\d{1,3})");

    /** What a log may see of a field. */
    enum Shown {
        /** All of it. */
        CLEAR,
        /** The first six and the last four digits. */
        PAN,
        /** Its length. */
        LENGTH
    }

    /** A row as it is written in a file.
     *
     *  @param attribute as the standard writes it: {@code n6}, {@code n..19}, {@code b64} (bits), {@code b..255} (bytes)
     *  @param prefix {@code LL}, {@code LLL} or empty
     *  @param align {@code right}, or empty for left
     *  @param shown {@code clear}, {@code pan} or {@code length}
     *  @param mac a number, {@code all}, or empty */
    record Written(int number, String name, String attribute, String prefix, String align, String shown, String mac) {
        FieldRule rule() {
            Matcher parts = ATTRIBUTE.matcher(attribute);
            if (!parts.matches()) {
                throw bad("attribute " + attribute);
            }
            boolean varies = parts.group(2) != null;
            if (varies == prefix.isEmpty() || !prefix.matches("|LL|LLL") || !align.matches("|right")) {
                throw bad("prefix or alignment");
            }
            Kind kind = kind(parts.group(1));
            int length = Integer.parseInt(parts.group(3));
            if (kind == Kind.BYTES && !varies) {
                if (length % 8 != 0) {
                    throw bad("a number of bits that fills no bytes");
                }
                length /= 8;
            }
            if (kind == Kind.SIGNED) {
                length++;
            }
            if (length == 0 || (prefix.length() == 2 && length > 99)) {
                throw bad("length");
            }
            Shown seen = Shown.valueOf(shown.toUpperCase(Locale.ROOT));
            boolean showable = switch (seen) {
                case CLEAR -> kind != Kind.BYTES && kind != Kind.TEXT;
                case PAN -> kind == Kind.DIGITS;
                case LENGTH -> true;
            };
            if (!showable) {
                throw bad("word for what is shown");
            }
            int macPart = mac.isEmpty() ? 0 : mac.equals("all") ? Integer.MAX_VALUE : Integer.parseInt(mac);
            return new FieldRule(number, name, kind, length, prefix.length(), align.equals("right"), seen, macPart);
        }

        private static Kind kind(String letters) {
            return switch (letters) {
                case "n" -> Kind.DIGITS;
                case "z" -> Kind.TRACK;
                case "x+n" -> Kind.SIGNED;
                case "an" -> Kind.ALPHANUMERIC;
                case "ans" -> Kind.PRINTABLE;
                case "t" -> Kind.TEXT;
                default -> Kind.BYTES;
            };
        }

        private IllegalArgumentException bad(String what) {
            return new IllegalArgumentException("field " + number + " has a wrong " + what);
        }
    }

    /** Throws unless the content is what this row says.
     *
     *  @param content digits and track as ASCII, whatever the dialect */
    void check(byte[] content) {
        if (prefix == 0 ? content.length != length : content.length > length) {
            throw new MalformedMessage(number, Fault.LENGTH);
        }
        for (int i = 0; i < content.length; i++) {
            if (!kind.allows(i, content[i])) {
                throw new MalformedMessage(number, Fault.CHARACTER);
            }
        }
    }
}
