package cn.onecard.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** The vectors of bank links and codes, each with its source. Bytes are upper-case hexadecimal.
 *
 *  @param json one vector */
public record RailsVectors(JsonNode json) {
    private static final HexFormat UPPER = HexFormat.of().withUpperCase();

    /** The vectors of some kinds. */
    public static List<RailsVectors> list(String... kinds) {
        List<RailsVectors> vectors = all().stream().filter(vector -> List.of(kinds).contains(vector.json.get("kind").asText())).toList();
        if (vectors.isEmpty()) {
            throw new IllegalArgumentException("no vector of " + List.of(kinds));
        }
        return vectors;
    }

    /** The vector of that name. */
    public static RailsVectors named(String id) {
        return all().stream().filter(vector -> vector.json.get("id").asText().equals(id)).findFirst().orElseThrow();
    }

    private static List<RailsVectors> all() {
        try (InputStream in = Objects.requireNonNull(RailsVectors.class.getResourceAsStream("/rails/rails-vectors.json"))) {
            return StreamSupport.stream(new ObjectMapper().readTree(in).spliterator(), false).map(RailsVectors::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An input or an expected value, as text. */
    public String text(String name) {
        JsonNode inputs = json.get("inputs");
        return Objects.requireNonNull(inputs.has(name) ? inputs.get(name) : json.get("expected").get(name), name).asText();
    }

    /** Whether there is such an input or expected value. */
    public boolean has(String name) {
        return json.get("inputs").has(name) || json.get("expected").has(name);
    }

    /** An input or an expected value, as bytes. */
    public byte[] bytes(String name) {
        return bytesOf(text(name));
    }

    public static byte[] bytesOf(String hex) {
        return UPPER.parseHex(hex.replaceAll("\\s", ""));
    }

    public static String hex(byte[] bytes) {
        return UPPER.formatHex(bytes);
    }

    @Override
    public String toString() {
        return json.get("id").asText();
    }
}
