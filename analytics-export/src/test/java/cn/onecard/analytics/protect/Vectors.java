package cn.onecard.analytics.protect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The golden cases of {@code privacy-vectors.json}. */
final class Vectors {
    private Vectors() {}

    /** One case; there must be such a case. */
    static JsonNode golden(String family, String id) {
        try (InputStream stream = Vectors.class.getResourceAsStream("/privacy-vectors.json")) {
            for (JsonNode candidate : new ObjectMapper().readTree(stream).path("families")) {
                if (candidate.path("id").asText().equals(family)) {
                    for (JsonNode found : candidate.path("cases")) {
                        if (found.path("id").asText().equals(id)) {
                            return found;
                        }
                    }
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        throw new AssertionError("no golden case " + family + "/" + id);
    }
}
