package cn.onecard.engine.rail.iso8583;

import cn.onecard.vocabulary.Money;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One message of a profile: its type and its fields, every one of them as the profile's table says. Immutable. {@link #toString()}
 *  shows of each field what the table lets a log see. */
public final class Message {
    /** What text in these messages is written in. */
    static final Charset GBK = Charset.forName("GBK");

    private final Profile profile;
    private final byte[] type;
    /** By number; digits and tracks as ASCII, all else as on the wire; null where there is no field. */
    private final byte[] @Nullable [] contents;

    Message(Profile profile, byte[] type, byte[] @Nullable [] contents) {
        this.profile = profile;
        this.type = type;
        this.contents = contents;
    }

    /** A message in the making.
     *
     *  @param type four digits, for example 0200 */
    public static Builder of(Profile profile, String type) {
        return new Builder(profile, type, new byte[profile.dialect().fields() + 1] @Nullable []);
    }

    /** Collects the fields of a message and checks each as it comes. Not thread-safe. */
    public static final class Builder {
        private final Profile profile;
        private final byte[] type;
        private final byte[] @Nullable [] contents;

        private Builder(Profile profile, String type, byte[] @Nullable [] contents) {
            if (!type.matches("0[0-9]{3}")) {
                throw new MalformedMessage(0, Fault.MESSAGE_TYPE);
            }
            this.profile = profile;
            this.type = type.getBytes(StandardCharsets.US_ASCII);
            this.contents = contents;
        }

        /** Sets a field of digits, a track or a text.
         *
         *  @throws MalformedMessage if the table does not have it so */
        public Builder set(int number, String text) {
            FieldRule rule = profile.rule(number);
            if (rule.kind() == Kind.BYTES) {
                throw new IllegalArgumentException("field " + number + " is bytes");
            }
            if (rule.kind() == Kind.TEXT ? !GBK.newEncoder().canEncode(text) : text.chars().anyMatch(c -> c > '~')) {
                throw new MalformedMessage(number, Fault.CHARACTER);
            }
            return set(number, text.getBytes(rule.kind() == Kind.TEXT ? GBK : StandardCharsets.US_ASCII));
        }

        /** Sets a field.
         *
         *  @param content digits and tracks in ASCII
         *  @throws MalformedMessage if the table does not have it so */
        public Builder set(int number, byte[] content) {
            byte[] own = content.clone();
            profile.rule(number).check(own);
            contents[number] = own;
            return this;
        }

        /** Sets a field of twelve digits to an amount in fen.
         *
         *  @throws MalformedMessage if the amount is negative or has more digits */
        public Builder set(int number, Money amount) {
            return set(number, digits(number, amount.fen(), 12));
        }

        /** Sets a field as another message has it, or leaves it out if that one has none. */
        public Builder copy(Message from, int... numbers) {
            for (int number : numbers) {
                byte[] content = from.contents[number];
                if (content != null) {
                    set(number, content);
                }
            }
            return this;
        }

        /** The message. */
        public Message build() {
            return new Message(profile, type, contents.clone());
        }
    }

    /** A message in the making, with all fields of this one.
     *
     *  @param newType its type */
    public Builder toBuilder(String newType) {
        return new Builder(profile, newType, contents.clone());
    }

    /** This message with that MAC in its last field, in the place of one that it may have.
     *
     *  @param mac 8 bytes */
    public Message withMac(byte[] mac) {
        return toBuilder(type()).set(profile.dialect().fields(), mac).build();
    }

    /** The bytes of this message: what {@link Profile#decode} reads. */
    public byte[] encode() {
        WireWriter out = new WireWriter(profile.dialect());
        out.messageType(type);
        long[] bitmap = new long[profile.dialect().fields() / Long.SIZE];
        if (bitmap.length > 1) {
            Profile.set(bitmap, 1);
        }
        List<Integer> numbers = listFields();
        numbers.forEach(number -> Profile.set(bitmap, number));
        out.bitmap(bitmap);
        numbers.forEach(number -> out.content(profile.rule(number), content(number)));
        return out.bytes();
    }

    public Profile profile() {
        return profile;
    }

    /** The message type (MTI, 消息类型), four digits. */
    public String type() {
        return new String(type, StandardCharsets.US_ASCII);
    }

    /** The numbers of the fields there are, ascending. */
    public List<Integer> listFields() {
        List<Integer> numbers = new ArrayList<>();
        for (int number = 2; number < contents.length; number++) {
            if (contents[number] != null) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    /** Whether there is that field. */
    public boolean has(int number) {
        return number >= 2 && number < contents.length && contents[number] != null;
    }

    /** A field of digits, a track or a text; of a text, what GBK does not have is U+FFFD.
     *
     *  @throws NoSuchElementException if the message has no such field */
    public String text(int number) {
        Kind kind = profile.rule(number).kind();
        if (kind == Kind.BYTES) {
            throw new IllegalArgumentException("field " + number + " is bytes");
        }
        return new String(content(number), kind == Kind.TEXT ? GBK : StandardCharsets.US_ASCII);
    }

    /** A field of digits, a track or a text, if it is there. */
    public Optional<String> findText(int number) {
        return has(number) ? Optional.of(text(number)) : Optional.empty();
    }

    /** A field's bytes; of digits and tracks, in ASCII.
     *
     *  @throws NoSuchElementException if the message has no such field */
    public byte[] bytes(int number) {
        return content(number).clone();
    }

    /** A field's bytes, if it is there. */
    public Optional<byte[]> findBytes(int number) {
        return has(number) ? Optional.of(bytes(number)) : Optional.empty();
    }

    /** A field of digits as an amount in fen, if it is there. */
    public Optional<Money> findMoney(int number) {
        return findText(number).map(digits -> Money.ofFen(Long.parseLong(digits)));
    }

    byte[] content(int number) {
        byte[] content = has(number) ? contents[number] : null;
        if (content == null) {
            throw new NoSuchElementException("the message " + type() + " has no field " + number);
        }
        return content;
    }

    /** A number in so many decimal digits, for a field or a part of one. */
    static String digits(int field, long value, int width) {
        String digits = Long.toString(value);
        if (value < 0 || digits.length() > width) {
            throw new MalformedMessage(field, Fault.LENGTH);
        }
        return "0".repeat(width - digits.length()) + digits;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Message message && profile.name().equals(message.profile.name()) && Arrays.equals(type, message.type)
                && IntStream.range(0, contents.length).allMatch(i -> Arrays.equals(contents[i], message.contents[i]));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(type) * 31 + Arrays.deepHashCode(contents);
    }

    @Override
    public String toString() {
        StringJoiner fields = new StringJoiner(", ", type() + " [", "]");
        for (int number : listFields()) {
            byte[] content = content(number);
            fields.add(number + "=" + switch (profile.rule(number).shown()) {
                case CLEAR -> text(number);
                case PAN -> Pan.masked(text(number));
                case LENGTH -> "(" + content.length + ")";
            });
        }
        return fields.toString();
    }
}
