package cn.onecard.engine.bench;

import java.nio.file.Path;

/** Where the core listens for terminals, and the certificates to speak to it with. */
record TerminalServerAddress(int port, Path tls) {
    TerminalLink.Address as(String gateway) {
        return new TerminalLink.Address(port, tls, gateway);
    }
}
