package cn.onecard.engine.bench;

import java.nio.file.Path;

/** Where the core listens for terminals, and the certificates to speak to it with. */
public record TerminalServerAddress(int port, Path tls) {
    public TerminalLink.Address as(String gateway) {
        return new TerminalLink.Address(port, tls, gateway);
    }
}
