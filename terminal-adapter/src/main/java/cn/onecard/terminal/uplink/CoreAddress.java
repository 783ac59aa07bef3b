package cn.onecard.terminal.uplink;

import java.nio.file.Path;
import java.util.Optional;

/** Where the core listens, and how the two know each other.
 *
 *  @param host name or address; with TLS the core's certificate must name it
 *  @param port 1 to 65535
 *  @param tls empty for plaintext, which the core takes on loopback only */
public record CoreAddress(String host, int port, Optional<Tls> tls) {
    /** The PEM files of mutual TLS.
     *
     *  @param authority the certificate that signs the core's
     *  @param certificate this gateway's certificate: its name is the gateway's name
     *  @param key the private key to it, PKCS#8 */
    public record Tls(Path authority, Path certificate, Path key) {}

    @Override
    public String toString() {
        return host + ":" + port + (tls.isPresent() ? "" : " (plaintext)");
    }
}
