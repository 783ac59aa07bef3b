package cn.onecard.engine.rail.tlv;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One BER-TLV object [1]: a tag of one to three bytes, a length of one to three, a value, which of a constructed tag is a list of
 *  such objects. Immutable. {@link #toString()} shows tags and lengths alone, for a value may be a card number.
 *
 *  <p>Stricter than [1], so that there is one way to write an object: no filling bytes between objects, a length in its shortest
 *  form, no indefinite length.
 *
 *  <p>[1] EMV 4.3 Book 3, Annex B. */
public final class Tlv {
    private static final int MAX_LENGTH = 0xFFFF;
    /** Templates within templates; the specifications have three. */
    private static final int MAX_DEPTH = 8;

    private final int tag;
    private final byte[] value;
    private final List<Tlv> children;

    private Tlv(int tag, byte[] value, List<Tlv> children) {
        if (value.length > MAX_LENGTH) {
            throw new IllegalArgumentException("a value has at most 65535 bytes");
        }
        this.tag = tag;
        this.value = value;
        this.children = children;
    }

    /** An object with a value.
     *
     *  @param tag the tag's bytes, big-endian, for example 0x9F26; not constructed */
    public static Tlv of(int tag, byte[] value) {
        requireTag(tag, false);
        return new Tlv(tag, value.clone(), List.of());
    }

    /** A template of objects.
     *
     *  @param tag the tag's bytes, big-endian, for example 0x61; constructed */
    public static Tlv of(int tag, List<Tlv> children) {
        requireTag(tag, true);
        return new Tlv(tag, write(children), List.copyOf(children));
    }

    /** The objects that bytes consist of.
     *
     *  @throws MalformedTlv if they are not objects from the first byte to the last */
    public static List<Tlv> parse(byte[] bytes) {
        return parse(bytes, 0, bytes.length, 0);
    }

    /** The bytes of some objects. */
    public static byte[] write(List<Tlv> objects) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Tlv object : objects) {
            for (int shift = 8 * (tagBytes(object.tag) - 1); shift >= 0; shift -= 8) {
                out.write(object.tag >>> shift);
            }
            int length = object.value.length;
            if (length > 0xFF) {
                out.write(0x82);
                out.write(length >>> 8);
            } else if (length > 0x7F) {
                out.write(0x81);
            }
            out.write(length);
            out.writeBytes(object.value);
        }
        return out.toByteArray();
    }

    /** The first of some objects with that tag. */
    public static Optional<Tlv> find(List<Tlv> objects, int tag) {
        return objects.stream().filter(object -> object.tag == tag).findFirst();
    }

    /** The tag's bytes, big-endian. */
    public int tag() {
        return tag;
    }

    /** The value's bytes; of a template, the bytes of what is in it. */
    public byte[] value() {
        return value.clone();
    }

    /** Whether this is a template. */
    public boolean isTemplate() {
        return isConstructed(tag);
    }

    /** What is in a template, in order; empty for an object with a value. */
    public List<Tlv> children() {
        return children;
    }

    private static List<Tlv> parse(byte[] bytes, int from, int to, int depth) {
        if (depth > MAX_DEPTH) {
            throw new MalformedTlv(from, "templates within templates too deep");
        }
        List<Tlv> objects = new ArrayList<>();
        int at = from;
        while (at < to) {
            int tagLength = tagLength(bytes, at, to);
            int tag = number(bytes, at, tagLength);
            at += tagLength;
            int lengthLength = lengthLength(bytes, at, to);
            int length = lengthLength == 1 ? bytes[at] & 0xFF : number(bytes, at + 1, lengthLength - 1);
            if (lengthLength > 1 && length <= (lengthLength == 2 ? 0x7F : 0xFF)) {
                throw new MalformedTlv(at, "a length that is longer than it need be");
            }
            at += lengthLength;
            if (length > to - at) {
                throw new MalformedTlv(at, "a value that ends behind the end");
            }
            List<Tlv> children = isConstructed(tag) ? parse(bytes, at, at + length, depth + 1) : List.of();
            objects.add(new Tlv(tag, Arrays.copyOfRange(bytes, at, at + length), children));
            at += length;
        }
        return List.copyOf(objects);
    }

    private static int tagLength(byte[] bytes, int at, int to) {
        int first = bytes[at] & 0xFF;
        if (first == 0x00 || first == 0xFF) {
            throw new MalformedTlv(at, "a filling byte");
        }
        int length = 1;
        if ((first & 0x1F) == 0x1F) {
            do {
                if (at + length >= to || length == 3) {
                    throw new MalformedTlv(at, "a tag that does not end");
                }
            } while ((bytes[at + length++] & 0x80) != 0);
            if (bytes[at + 1] == (byte) 0x80) {
                throw new MalformedTlv(at, "a tag that is longer than it need be");
            }
        }
        return length;
    }

    private static int lengthLength(byte[] bytes, int at, int to) {
        if (at >= to) {
            throw new MalformedTlv(at, "no length");
        }
        int length = switch (bytes[at] & 0xFF) {
            case 0x81 -> 2;
            case 0x82 -> 3;
            default -> {
                if (bytes[at] < 0) {
                    throw new MalformedTlv(at, "an indefinite or too long length");
                }
                yield 1;
            }
        };
        if (at + length > to) {
            throw new MalformedTlv(at, "a length that does not end");
        }
        return length;
    }

    private static int number(byte[] bytes, int at, int length) {
        int number = 0;
        for (int i = 0; i < length; i++) {
            number = number << 8 | (bytes[at + i] & 0xFF);
        }
        return number;
    }

    private static void requireTag(int tag, boolean constructed) {
        int length = tagBytes(tag);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (tag >>> (8 * (length - 1 - i)));
        }
        if (tag >>> 24 != 0 || tagLength(bytes, 0, length) != length || isConstructed(tag) != constructed) {
            throw new IllegalArgumentException(Integer.toHexString(tag) + " is no tag of " + (constructed ? "a template" : "a value"));
        }
    }

    private static int tagBytes(int tag) {
        return tag > 0xFFFF ? 3 : tag > 0xFF ? 2 : 1;
    }

    private static boolean isConstructed(int tag) {
        return ((tag >>> (8 * (tagBytes(tag) - 1))) & 0x20) != 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tlv tlv && tag == tlv.tag && Arrays.equals(value, tlv.value);
    }

    @Override
    public int hashCode() {
        return 31 * tag + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return Integer.toHexString(tag) + (isTemplate() ? children.toString() : "(" + value.length + ")");
    }
}
