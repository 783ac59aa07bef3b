package cn.onecard.engine.rail.medical;

import cn.onecard.engine.rail.descriptor.DescriptorFile;
import cn.onecard.engine.rail.nhsa.Institution;
import java.io.IOException;
import java.net.URI;
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

    public ClinicDescriptor {
        finalRefusals = Set.copyOf(finalRefusals);
        if (!insurance.isAbsolute() || deadlineMillis < 1 || party < 1) {
            throw new IllegalArgumentException("a clinic is a party, and its insurance has an address and a deadline");
        }
    }

    /** The descriptor of a file.
     *
     *  @throws IllegalArgumentException if it is none, saying why */
    public static ClinicDescriptor read(Path file) throws IOException {
        return DescriptorFile.read(file, ClinicDescriptor.class);
    }

    /** How the insurance is reached. */
    public LinkSettings link() {
        return new LinkSettings(insurance, new Institution(institution, name, region, OPERATOR), Optional.empty(), Duration.ofMillis(deadlineMillis), finalRefusals);
    }
}
