package cn.onecard.engine.rail.register;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An object in a message of a till, read strictly: a field is there and of its kind, or the message is malformed. A field that
 *  nobody asked for is malformed as well, see {@link #end}. */
final class JsonPart {
    private final String path;
    private final JsonNode node;
    private final Set<String> seen = new HashSet<>();

    private JsonPart(String path, JsonNode node) {
        this.path = path;
        this.node = node;
    }

    static JsonPart of(String path, JsonNode node) throws MalformedSale {
        if (!node.isObject()) {
            throw new MalformedSale(path + " is no object");
        }
        return new JsonPart(path, node);
    }

    String text(String name) throws MalformedSale {
        JsonNode field = field(name);
        if (!field.isTextual()) {
            throw new MalformedSale(path(name) + " is no text");
        }
        return field.textValue();
    }

    Optional<String> findText(String name) throws MalformedSale {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    long number(String name) throws MalformedSale {
        JsonNode field = field(name);
        if (!field.isIntegralNumber() || !field.canConvertToLong()) {
            throw new MalformedSale(path(name) + " is no whole number");
        }
        return field.longValue();
    }

    int smallNumber(String name) throws MalformedSale {
        long number = number(name);
        if (number != (int) number) {
            throw new MalformedSale(path(name) + " is too large");
        }
        return (int) number;
    }

    Instant instant(String name) throws MalformedSale {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException e) {
            throw new MalformedSale(path(name) + " is no moment like 2026-11-25T04:00:00Z", e);
        }
    }

    JsonPart part(String name) throws MalformedSale {
        return of(path(name), field(name));
    }

    List<JsonPart> parts(String name) throws MalformedSale {
        JsonNode field = field(name);
        if (!field.isArray()) {
            throw new MalformedSale(path(name) + " is no list");
        }
        List<JsonPart> parts = new ArrayList<>();
        for (JsonNode one : field) {
            parts.add(of(path(name) + "/" + parts.size(), one));
        }
        return parts;
    }

    boolean has(String name) {
        seen.add(name);
        return node.hasNonNull(name);
    }

    String path() {
        return path;
    }

    /** Ends the reading of this object. */
    void end() throws MalformedSale {
        for (var names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!seen.contains(name)) {
                throw new MalformedSale(path + " has a field that is none: " + name);
            }
        }
    }

    private JsonNode field(String name) throws MalformedSale {
        seen.add(name);
        JsonNode field = node.get(name);
        if (field == null) {
            throw new MalformedSale(path(name) + " is missing");
        }
        return field;
    }

    private String path(String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }
}
