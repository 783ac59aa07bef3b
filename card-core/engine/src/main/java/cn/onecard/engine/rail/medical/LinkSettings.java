package cn.onecard.engine.rail.medical;

import cn.onecard.engine.rail.nhsa.Institution;
import cn.onecard.engine.rail.nhsa.LinkSignature;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** How a province's gateway is reached.
 *
 *  @param address where messages are posted
 *  @param institution who calls
 *  @param signature empty if the gateway does not sign
 *  @param deadline for an answer
 *  @param finalRefusals the values of infcode that say for certain that nothing was done; all others but 0 are unclear */
public record LinkSettings(URI address, Institution institution, Optional<LinkSignature> signature, Duration deadline, Set<String> finalRefusals) {
    public LinkSettings {
        finalRefusals = Set.copyOf(finalRefusals);
        if (!address.isAbsolute() || deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("a link has an address and a deadline");
        }
    }
}
