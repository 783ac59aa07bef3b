package cn.onecard.engine.receive;

import io.vertx.grpc.server.GrpcServerRequest;
import java.security.Principal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Tells who calls: the common name of the certificate; in clear, on the loopback interface alone, the metadata {@code x-gateway}.
 *
 *  @param byCertificate whether the door has TLS */
record CallerNames(boolean byCertificate) {
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)\\s*CN=([^,]+)");

    /** The gateway that makes a call. */
    Optional<String> find(GrpcServerRequest<?, ?> call) {
        if (!byCertificate) {
            return Optional.ofNullable(call.headers().get("x-gateway")).filter(name -> !name.isBlank());
        }
        SSLSession session = call.connection().sslSession();
        try {
            return session == null ? Optional.empty() : commonName(session.getPeerPrincipal());
        } catch (SSLPeerUnverifiedException noCertificate) {
            return Optional.empty();
        }
    }

    private static Optional<String> commonName(Principal principal) {
        Matcher name = COMMON_NAME.matcher(principal.getName());
        return name.find() ? Optional.of(name.group(1)) : Optional.empty();
    }
}
