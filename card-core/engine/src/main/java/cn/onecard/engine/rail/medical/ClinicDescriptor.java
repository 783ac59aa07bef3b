package cn.onecard.engine.rail.medical;

import cn.onecard.engine.rail.nhsa.Institution;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** All that was agreed with a clinic and the insurance behind it: one JSON file.
 *
 *  @param party the clinic, in our books
 *  @param serviceCode of its orders
 *  @param institution its code at the insurance, 12 characters
 *  @param name of the clinic
 *  @param region where it is
 *  @param insurance where the insurance's messages are posted
 *  @param deadlineMillis for an answer
 *  @param finalRefusals codes that say for certain that nothing was done
 *  @param accountContracted whether the card's medical account pays the part of the personal account */
public record ClinicDescriptor(int party, int serviceCode, String institution, String name, String region, URI insurance, int deadlineMillis,
        Set<String> finalRefusals, boolean accountContracted) {
    private static final String OPERATOR = "onecard";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    public ClinicDescriptor {
        finalRefusals = Set.copyOf(finalRefusals);
    }

    /** The descriptor of a file.
     *
     *  @throws IllegalArgumentException if it is none, saying why */
    public static ClinicDescriptor read(Path file) throws IOException {
        try {
            ClinicDescriptor read = JSON.readValue(Files.readString(file), ClinicDescriptor.class);
            read.link();
            return read;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + ": " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /** How the insurance is reached. */
    public LinkSettings link() {
        return new LinkSettings(insurance, new Institution(institution, name, region, OPERATOR), Optional.empty(), Duration.ofMillis(deadlineMillis), finalRefusals);
    }
}
