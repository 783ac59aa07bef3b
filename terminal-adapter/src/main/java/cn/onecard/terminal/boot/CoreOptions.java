package cn.onecard.terminal.boot;

import cn.onecard.terminal.uplink.CoreAddress;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How to reach the core. */
final class CoreOptions {
    @Option(names = "--core", paramLabel = "HOST:PORT", description = "where the core listens (default: as DIR/run/core.json says)")
    private Optional<String> core = Optional.empty();   // this and all below: written by picocli

    @Option(names = "--gateway", paramLabel = "NAME", description = "this gateway's name, and that of its certificate")
    private Optional<String> gateway = Optional.empty();

    @Option(names = "--tls", paramLabel = "DIR", description = "where ca.pem, gateway-NAME.pem and gateway-NAME.key are (default: DIR/secrets/tls)")
    private Optional<Path> tls = Optional.empty();

    @Option(names = "--plaintext", description = "without TLS: the core takes it on loopback only, and only if told to")
    private boolean plaintext;

    @Option(names = "--patience", paramLabel = "SECONDS", defaultValue = "300",
            description = "how long to go on without any answer of the core (default: ${DEFAULT-VALUE})")
    private int patienceSeconds;

    Duration patience() {
        return Duration.ofSeconds(patienceSeconds);
    }

    /** The core's address.
     *
     *  @throws IOException naming what is missing or wrong */
    CoreAddress address(Path data) throws IOException {
        Optional<CoreAddress.Tls> identity = plaintext ? Optional.empty() : Optional.of(identity(data));
        if (core.isEmpty()) {
            return new CoreAddress("127.0.0.1", portOf(data.resolve("run/core.json")), identity);
        }
        String text = core.get();
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("\\d{1,5}")) {
            throw new IOException("--core is HOST:PORT, not '" + text + "'");
        }
        return new CoreAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)), identity);
    }

    private CoreAddress.Tls identity(Path data) throws IOException {
        String name = gateway.orElseThrow(() -> new IOException("--gateway NAME says which certificate to use (or --plaintext)"));
        Path folder = tls.orElse(data.resolve("secrets/tls"));
        return new CoreAddress.Tls(present(folder.resolve("ca.pem")), present(folder.resolve("gateway-" + name + ".pem")),
                present(folder.resolve("gateway-" + name + ".key")));
    }

    private static Path present(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("there is no " + file + " ('core certs' makes it)");
        }
        return file;
    }

    private static int portOf(Path ready) throws IOException {
        if (!Files.exists(ready)) {
            throw new IOException("no core runs here (there is no " + ready + "): start one, or name it with --core");
        }
        JsonNode port = new ObjectMapper().readTree(ready.toFile()).path("grpcPort");
        if (!port.isInt()) {
            throw new IOException(ready + " names no grpcPort");
        }
        return port.asInt();
    }
}
