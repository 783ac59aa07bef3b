package cn.onecard.purse;

import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TerminalId;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Objects;

/** The inputs of one vector, read by name and type. Every value is upper-case hexadecimal, big-endian. */
record Vector(JsonNode inputs) {
    private static final HexFormat UPPER = HexFormat.of().withUpperCase();

    /** A file of vectors beside the tests. */
    static JsonNode file(String name) {
        try (InputStream in = Objects.requireNonNull(Vector.class.getResourceAsStream("/purse/" + name), name)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String hex(byte[] bytes) {
        return UPPER.formatHex(bytes);
    }

    static String hex(int fourBytes) {
        return UPPER.toHexDigits(fourBytes);
    }

    static byte[] parse(String digits) {
        return UPPER.parseHex(digits);
    }

    String text(String name) {
        if (!inputs.has(name)) {
            throw new IllegalArgumentException("the vector has no input " + name);
        }
        return inputs.get(name).asText();
    }

    byte[] bytes(String name) {
        return parse(text(name));
    }

    long number(String name) {
        return HexFormat.fromHexDigitsToLong(text(name));
    }

    int integer(String name) {
        return HexFormat.fromHexDigits(text(name));
    }

    Money money(String name) {
        return Money.ofFen(number(name));
    }

    TerminalId terminal() {
        return TerminalId.ofHex(text("terminal"));
    }

    EventTime time() {
        return new EventTime(number("dateTime"));
    }
}
