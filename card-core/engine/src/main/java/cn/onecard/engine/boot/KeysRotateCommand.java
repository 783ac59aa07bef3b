package cn.onecard.engine.boot;

import cn.onecard.engine.key.KeyId;
import cn.onecard.engine.key.KeyKeeper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Gives new cards another version of keys. */
@Command(name = "rotate", description = {"Makes cards with another version of keys from now on. Cards of earlier versions stay good until 'retire'.",
    "PSAMs must have the version's purchase keys before such cards are out."}, mixinStandardHelpOptions = true)
final class KeysRotateCommand implements Callable<Integer> {
    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Option(names = "--to", paramLabel = "N", description = "the version (default: the one after the current)")
    private @Nullable Integer to;       // written by picocli

    @Option(names = "--generate", description = "make the keys that it lacks at random; else they come by 'ceremony'")
    private boolean generate;       // written by picocli

    @Override
    public Integer call() throws IOException {
        KeyKeeper keeper = data.fullKeeper();
        Optional<Integer> before = keeper.ring().findCurrentVersion();
        int version = to != null ? to : before.orElse(0) + 1;
        if (version < 0 || version > 0xFF) {
            throw new ParameterException(spec.commandLine(), "a key version is 0 to 255, not " + version);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (generate) {
            List<KeyId> missing = keeper.listMissing(version);
            keeper.generate(missing);
            out.println(missing.size() + " keys made at random");
        }
        keeper.rotate(version);
        out.println("cards are made with version " + version + " now" + before.map(old -> "; those of version " + old + " stay good").orElse(""));
        KeysCommand.print(data, out);
        return 0;
    }
}
