package cn.onecard.engine.rail.bill;

import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Arrays;

/** A column of a layout.
 *
 *  @param name by which its values are known
 *  @param width bytes in a line of fixed width; at most so many elsewhere
 *  @param type what may stand in it */
public record Column(String name, int width, Type type) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);
    private static final int LONGEST_NUMBER = 18;

    /** What may stand in a column. */
    public enum Type {
        /** Any text without control characters, filled with spaces on the right. */
        TEXT,
        /** Decimal digits, exactly as many as the width where it is fixed. */
        DIGITS,
        /** An amount in fen, filled with zeros on the left. */
        FEN,
        /** A day, uuuuMMdd. */
        DATE
    }

    public Column {
        if (name.isBlank() || width < 1 || (type == Type.FEN && width > LONGEST_NUMBER) || (type == Type.DATE && width != 8)) {
            throw new IllegalArgumentException("column '" + name + "' of " + width + " is none");
        }
    }

    /** The bytes of a value, filled to the width.
     *
     *  @throws MalformedFile if it does not fit, or is not of the type */
    byte[] fixed(String value, Charset encoding) {
        requireType(value, true);
        byte[] bytes = encoded(value, encoding);
        byte[] filled = new byte[width];
        boolean left = type == Type.FEN;
        Arrays.fill(filled, (byte) (left ? '0' : ' '));
        System.arraycopy(bytes, 0, filled, left ? width - bytes.length : 0, bytes.length);
        return filled;
    }

    /** The bytes of a value, as they are.
     *
     *  @throws MalformedFile if it does not fit, or is not of the type */
    byte[] varying(String value, Charset encoding) {
        requireType(value, false);
        return encoded(value, encoding);
    }

    /** The value of bytes that {@link #fixed} wrote; not yet proved to be one. */
    String stripped(String text) {
        return switch (type) {
            case TEXT -> text.stripTrailing();
            case FEN -> {
                String number = text.replaceFirst("^0+", "");
                yield number.isEmpty() ? "0" : number;
            }
            case DIGITS, DATE -> text;
        };
    }

    private byte[] encoded(String value, Charset encoding) {
        if (!encoding.newEncoder().canEncode(value)) {
            throw new MalformedFile("column " + name + ": a character that the encoding does not have");
        }
        byte[] bytes = value.getBytes(encoding);
        if (bytes.length > width) {
            throw new MalformedFile("column " + name + ": longer than " + width);
        }
        return bytes;
    }

    private void requireType(String value, boolean whole) {
        boolean right = switch (type) {
            case TEXT -> value.chars().noneMatch(Character::isISOControl) && value.equals(value.stripTrailing());
            case DIGITS -> isNumber(value) && (!whole || value.length() == width);
            case FEN -> isNumber(value) && value.length() <= LONGEST_NUMBER && (value.equals("0") || value.charAt(0) != '0');
            case DATE -> isNumber(value) && isDay(value);
        };
        if (!right) {
            throw new MalformedFile("column " + name + ": not " + type);
        }
    }

    private static boolean isNumber(String value) {
        return !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isDay(String value) {
        try {
            return value.length() == 8 && LocalDate.parse(value, DAY).getYear() > 0;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
