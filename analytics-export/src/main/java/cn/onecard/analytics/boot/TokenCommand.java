package cn.onecard.analytics.boot;

import cn.onecard.analytics.portal.Analysts;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code extract token}: a token for an analyst, shown this once. */
@Command(name = "token", mixinStandardHelpOptions = true,
        description = "Makes a token for an analyst and prints it, this once; an earlier token of the same analyst stops working.")
final class TokenCommand implements Callable<Integer> {
    @Mixin
    private DataFolder data = new DataFolder();

    @Option(names = "--name", paramLabel = "NAME", required = true, description = "the analyst")
    private String name = "";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        String token = new Analysts(data.analysts()).createToken(name, new SecureRandom());
        if (spec != null) {
            spec.commandLine().getOut().println(token);
        }
        return 0;
    }
}
