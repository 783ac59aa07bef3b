package cn.onecard.engine.boot;

import cn.onecard.engine.api.PublicKeyBytes;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code api key}. */
@Command(name = "key", description = "Gives a caller another key; the old one is worth nothing within two seconds.", mixinStandardHelpOptions = true)
final class ApiKeyCommand implements Callable<Integer> {
    @Mixin
    private CallersOption callers = new CallersOption();        // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Parameters(paramLabel = "NAME", description = "the caller's name")
    private String name = "";       // written by picocli

    @Option(names = "--public-key", required = true, paramLabel = "HEX", description = "64 hexadecimal digits")
    private String publicKey = "";      // written by picocli

    @Override
    public Integer call() {
        PublicKeyBytes key = key();
        if (!callers.with(table -> table.setKey(name, key))) {
            throw new OperationFailed("no caller is named " + name);
        }
        spec.commandLine().getOut().println(name + " has another key");
        return 0;
    }

    private PublicKeyBytes key() {
        try {
            return new PublicKeyBytes(publicKey);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
