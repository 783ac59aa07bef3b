package cn.onecard.engine.boot;

import cn.onecard.engine.api.Caller;
import cn.onecard.engine.api.PublicKeyBytes;
import cn.onecard.engine.api.Scope;
import cn.onecard.engine.order.CallKey;
import cn.onecard.vocabulary.PartyId;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code api add}. */
@Command(name = "add", description = "Lets a caller in, by its Ed25519 public key.", mixinStandardHelpOptions = true)
final class ApiAddCommand implements Callable<Integer> {
    @Mixin
    private CallersOption callers = new CallersOption();        // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Parameters(paramLabel = "NAME", description = "the caller's name: 1 to 64 visible characters without quotes; never given twice")
    private String name = "";       // written by picocli

    @Option(names = "--party", required = true, paramLabel = "N", description = "number of the party that it acts for")
    private int party;      // written by picocli

    @Option(names = "--public-key", required = true, paramLabel = "HEX", description = "64 hexadecimal digits")
    private String publicKey = "";      // written by picocli

    @Option(names = "--scopes", required = true, paramLabel = "SCOPES",
            description = "what it may do, for instance 'payments:write payments:read'; also cash:write, accounts:read, accounts:write")
    private String scopes = "";     // written by picocli

    @Option(names = "--per-second", defaultValue = "100", paramLabel = "N", description = "requests a second (default: ${DEFAULT-VALUE})")
    private int perSecond;      // written by picocli

    @Option(names = "--webhook", paramLabel = "URL", description = "where it is told of its orders, http or https")
    private @Nullable URI webhook;      // written by picocli

    @Override
    public Integer call() {
        Caller caller = caller();
        if (!callers.with(table -> table.add(caller, Clock.systemUTC().instant()))) {
            throw new OperationFailed("the name " + name + " was given before");
        }
        spec.commandLine().getOut().println(name + " may call, for party " + party + ": " + Scope.format(caller.scopes()));
        return 0;
    }

    private Caller caller() {
        try {
            if (name.indexOf('"') >= 0 || name.indexOf('\\') >= 0) {
                throw new IllegalArgumentException("a caller's name has neither quote nor backslash");
            }
            if (webhook != null && (webhook.getHost() == null || !("https".equals(webhook.getScheme()) || "http".equals(webhook.getScheme())))) {
                throw new IllegalArgumentException("a webhook is an http or https address, not " + webhook);
            }
            return new Caller(CallKey.ofCaller(name, "any").caller(), new PartyId(party), new PublicKeyBytes(publicKey), Scope.parse(scopes), perSecond,
                    Optional.ofNullable(webhook));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
