package cn.onecard.engine.rail.qr;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One object of a merchant's code: an identifier of two digits, a length of two digits, a value. The length counts characters
 *  (code points), not bytes.
 *
 *  @param id 00 to 99
 *  @param value at most 99 characters; of a template, objects again */
public record DataObject(String id, String value) {
    private static final int MAX_LENGTH = 99;
    private static final Pattern ID = Pattern.compile("[0-9]{2}");
    private static final Pattern HEAD = Pattern.compile("[0-9]{4}");

    public DataObject {
        if (!ID.matcher(id).matches()) {
            throw new MalformedCode("an identifier has two digits");
        }
        if (value.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new MalformedCode("object " + id + " has half a character");
        }
        if (length(value) > MAX_LENGTH) {
            throw new MalformedCode("object " + id + " has more than 99 characters");
        }
    }

    /** A template of objects. */
    public static DataObject template(String id, List<DataObject> objects) {
        return new DataObject(id, write(objects));
    }

    /** The objects in this one, in their order.
     *
     *  @throws MalformedCode if it is no template */
    public List<DataObject> objects() {
        return parse(value);
    }

    static List<DataObject> parse(String text) {
        List<DataObject> objects = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            String head = text.substring(at, Math.min(text.length(), at + 4));
            if (!HEAD.matcher(head).matches()) {
                throw new MalformedCode("character " + at + ": no identifier and length");
            }
            int length = Integer.parseInt(head.substring(2));
            at += 4;
            if (text.codePointCount(at, text.length()) < length) {
                throw new MalformedCode("character " + at + ": a value that ends behind the end");
            }
            int end = text.offsetByCodePoints(at, length);
            objects.add(new DataObject(head.substring(0, 2), text.substring(at, end)));
            at = end;
        }
        return List.copyOf(objects);
    }

    static String write(List<DataObject> objects) {
        return objects.stream().map(DataObject::text).collect(Collectors.joining());
    }

    private String text() {
        int length = length(value);
        return id + (length < 10 ? "0" : "") + length + value;
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
