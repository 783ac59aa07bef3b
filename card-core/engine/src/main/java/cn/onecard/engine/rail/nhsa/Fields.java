package cn.onecard.engine.rail.nhsa;

import cn.onecard.vocabulary.Money;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The fields of a JSON object, read strictly: text has a length, amounts are exact, nothing is guessed. Unknown fields are left
 *  alone, for provinces add theirs. {@link #toString} shows names only.
 *
 *  <p><b>Amounts</b> are yuan with two decimals; they come as numbers, as strings, or empty, which is zero. More decimals are taken
 *  if they are zeros: an amount of half a fen is refused, not rounded. */
public final class Fields {
    /** The largest message. */
    public static final int MOST_BYTES = 1 << 20;

    private static final Pattern YUAN = Pattern.compile("-?[0-9]{1,14}(\\.[0-9]{1,6})?");
    private static final int LONGEST_NUMBER = 24;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(16).maxNumberLength(LONGEST_NUMBER).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final JsonNode object;

    private Fields(JsonNode object) {
        this.object = object;
    }

    /** The fields of a message.
     *
     *  @param bytes UTF-8 */
    public static Fields parse(byte[] bytes) throws MalformedJson {
        if (bytes.length > MOST_BYTES) {
            throw new MalformedJson("a message has at most " + MOST_BYTES + " bytes");
        }
        try {
            return of("message", MAPPER.readTree(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString()));
        } catch (CharacterCodingException e) {
            throw new MalformedJson("a message is UTF-8");
        } catch (JsonProcessingException e) {
            throw new MalformedJson("no JSON, at character " + e.getLocation().getCharOffset());
        }
    }

    /** The fields of an object that we made. */
    static Fields of(ObjectNode ours) {
        return new Fields(ours);
    }

    /** An object to write fields in. */
    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** An object as it is sent. */
    static byte[] bytes(ObjectNode object) {
        try {
            return MAPPER.writeValueAsBytes(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an object of texts was not written", e);
        }
    }

    /** A text of so many characters, at least one. */
    public String text(String name, int most) throws MalformedJson {
        return findText(name, most).orElseThrow(() -> new MalformedJson(name + " is missing"));
    }

    /** A text of so many characters; missing, null and empty are the same. A whole number is taken for its digits. */
    public Optional<String> findText(String name, int most) throws MalformedJson {
        JsonNode node = object.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isTextual() && !node.isIntegralNumber()) {
            throw new MalformedJson(name + " is no text");
        }
        String text = node.asText();
        if (text.length() > most || text.chars().anyMatch(Character::isISOControl)) {
            throw new MalformedJson(name + " is longer than " + most + " or has control characters");
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** An amount, not negative. Missing or empty it is zero. */
    public Money amount(String name) throws MalformedJson {
        Money amount = signedAmount(name);
        if (amount.isNegative()) {
            throw new MalformedJson(name + " is negative");
        }
        return amount;
    }

    /** An amount that may be negative, as that of a settlement taken back. */
    public Money signedAmount(String name) throws MalformedJson {
        JsonNode node = object.path(name);
        if (node.isMissingNode() || node.isNull() || (node.isTextual() && node.asText().isEmpty())) {
            return Money.ZERO;
        }
        if (!node.isTextual() && !node.isNumber()) {
            throw new MalformedJson(name + " is no amount");
        }
        String text = node.isTextual() ? node.asText() : plain(node.decimalValue());
        if (!YUAN.matcher(text).matches()) {
            throw new MalformedJson(name + " is no amount in yuan");
        }
        try {
            return Money.ofFen(new BigDecimal(text).movePointRight(2).longValueExact());
        } catch (ArithmeticException e) {
            throw new MalformedJson(name + " has a part of a fen");
        }
    }

    /** A number as digits, or nothing that could be an amount: 1e9999 must not be written out. */
    private static String plain(BigDecimal number) {
        return Math.abs((long) number.scale()) > LONGEST_NUMBER ? "" : number.toPlainString();
    }

    /** A whole number within a range. */
    public int number(String name, int least, int most) throws MalformedJson {
        String text = text(name, 10);
        if (!text.matches("[0-9]+") || Long.parseLong(text) < least || Long.parseLong(text) > most) {
            throw new MalformedJson(name + " is no number from " + least + " to " + most);
        }
        return Integer.parseInt(text);
    }

    /** An object inside this one. */
    public Fields inner(String name) throws MalformedJson {
        return of(name, object.path(name));
    }

    /** An object inside this one, or an empty one. */
    public Fields innerOrEmpty(String name) throws MalformedJson {
        JsonNode node = object.path(name);
        return node.isMissingNode() || node.isNull() ? of(object()) : of(name, node);
    }

    /** The objects of a list; missing it is empty.
     *
     *  @param most at most so many */
    public List<Fields> list(String name, int most) throws MalformedJson {
        JsonNode node = object.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return List.of();
        }
        if (!node.isArray() || node.size() > most) {
            throw new MalformedJson(name + " is no list of at most " + most);
        }
        List<Fields> all = new ArrayList<>();
        for (JsonNode one : node) {
            all.add(of(name, one));
        }
        return List.copyOf(all);
    }

    private static Fields of(String name, JsonNode node) throws MalformedJson {
        if (!node.isObject()) {
            throw new MalformedJson(name + " is no object");
        }
        return new Fields(node);
    }

    @Override
    public String toString() {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return "fields " + names;
    }
}
