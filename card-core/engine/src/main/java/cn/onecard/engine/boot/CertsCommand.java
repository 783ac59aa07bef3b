package cn.onecard.engine.boot;

import cn.onecard.engine.key.CertificateAuthority;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the certificates of the terminal link. */
@Command(name = "certs", description = "Makes the certificates of core and gateways, in DIR/secrets/tls; leaves those that are there.",
        mixinStandardHelpOptions = true)
final class CertsCommand implements Callable<Integer> {
    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Option(names = "--gateway", paramLabel = "NAME", arity = "1..*", description = "gateways to make certificates for")
    private List<String> gateways = List.of();      // written by picocli

    @Override
    public Integer call() throws IOException {
        CertificateAuthority authority = CertificateAuthority.open(data.tls(), Clock.systemUTC().instant());
        authority.issueCore();
        for (String gateway : gateways) {
            authority.issueGateway(gateway);
        }
        spec.commandLine().getOut().println("certificates of the core and of " + gateways + " in " + data.tls());
        return 0;
    }
}
