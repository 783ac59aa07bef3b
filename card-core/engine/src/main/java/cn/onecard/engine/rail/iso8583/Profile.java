package cn.onecard.engine.rail.iso8583;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A table of fields and how they are written: all that one link's messages have in common. Immutable.
 *
 *  <p>Tables are files, because much of what acquirers do is known from practice and not from a published page, and a partner may
 *  want a row another way. One line a field, with the columns {@code number, name, attribute, prefix, align, shown, mac}; the
 *  attribute is written as the standard writes it. */
public final class Profile {
    /** The POS dialect as published and as most acquirers have it. */
    public static final Profile CUP_POS_64 = resource("CUP_POS_64", Dialect.POS, "cup-pos-64.csv");
    /** The switch dialect of JR/T 0055. */
    public static final Profile CUP_SWITCH_128 = resource("CUP_SWITCH_128", Dialect.SWITCH, "cup-switch-128.csv");

    private final String name;
    private final Dialect dialect;
    private final boolean anyPad;
    /** By number; null where there is no field. */
    private final @Nullable FieldRule[] rules;

    private Profile(String name, Dialect dialect, boolean anyPad, @Nullable FieldRule[] rules) {
        this.name = name;
        this.dialect = dialect;
        this.anyPad = anyPad;
        this.rules = rules;
    }

    /** The profile of a table.
     *
     *  @param csv the table, with a header line; lines that begin with {@code #} are remarks
     *  @throws IllegalArgumentException if the table is none, naming the field */
    public static Profile parse(String name, Dialect dialect, String csv) {
        @Nullable FieldRule[] rules = new @Nullable FieldRule[dialect.fields() + 1];
        int last = 1;
        for (NamedCsvRecord row : CsvReader.builder().commentStrategy(CommentStrategy.SKIP).ofNamedCsvRecord(csv).stream().toList()) {
            FieldRule rule = new FieldRule.Written(Integer.parseInt(row.getField("number")), row.getField("name"), row.getField("attribute"),
                    row.getField("prefix"), row.getField("align"), row.getField("shown"), row.getField("mac")).rule();
            if (rule.number() <= last || rule.number() > dialect.fields()) {
                throw new IllegalArgumentException("field " + rule.number() + " is out of place");
            }
            last = rule.number();
            rules[last] = rule;
        }
        FieldRule mac = rules[dialect.fields()];
        if (mac == null || mac.kind() != Kind.BYTES || mac.prefix() != 0 || mac.length() != 8) {
            throw new IllegalArgumentException("the last field is the MAC, b64");
        }
        return new Profile(name, dialect, false, rules);
    }

    /** This profile for a link whose other side fills odd numbers of digits with anything. What is decoded then is encoded with
     *  0 there, and no longer to the same bytes. */
    public Profile acceptingAnyPad() {
        return new Profile(name, dialect, true, rules);
    }

    public String name() {
        return name;
    }

    public Dialect dialect() {
        return dialect;
    }

    /** The message that a buffer holds, from its position to its limit.
     *
     *  @throws MalformedMessage if it is none, naming the first field that is wrong */
    public Message decode(ByteBuffer in) {
        WireReader reader = new WireReader(in.slice(), dialect, anyPad);
        byte[] type = reader.messageType();
        long[] bitmap = reader.bitmap();
        byte[] @Nullable [] contents = new byte[dialect.fields() + 1] @Nullable [];
        int last = 1;
        for (int number = 2; number <= dialect.fields(); number++) {
            if (isSet(bitmap, number)) {
                contents[number] = reader.content(rule(number));
                last = number;
            }
        }
        reader.end(last);
        return new Message(this, type, contents);
    }

    /** Whether the table has a row for that field. */
    public boolean has(int number) {
        return number >= 2 && number <= dialect.fields() && rules[number] != null;
    }

    /** The row of a field.
     *
     *  @throws MalformedMessage if there is none */
    FieldRule rule(int number) {
        FieldRule rule = has(number) ? rules[number] : null;
        if (rule == null) {
            throw new MalformedMessage(number, Fault.UNKNOWN_FIELD);
        }
        return rule;
    }

    static boolean isSet(long[] bitmap, int number) {
        return (bitmap[(number - 1) / Long.SIZE] << (number - 1) % Long.SIZE) < 0;
    }

    static void set(long[] bitmap, int number) {
        bitmap[(number - 1) / Long.SIZE] |= Long.MIN_VALUE >>> (number - 1) % Long.SIZE;
    }

    private static Profile resource(String name, Dialect dialect, String file) {
        try (InputStream in = Objects.requireNonNull(Profile.class.getResourceAsStream(file), file)) {
            return parse(name, dialect, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
