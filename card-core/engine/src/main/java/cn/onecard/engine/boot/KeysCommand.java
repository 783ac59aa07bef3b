package cn.onecard.engine.boot;

import cn.onecard.engine.key.KeyId;
import cn.onecard.engine.key.KeyKeeper;
import cn.onecard.engine.key.KeyRing;
import cn.onecard.engine.key.KeySchemes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the key check values of the master keys; makes demo keys. */
@Command(name = "keys", description = {"Shows the check values of the master keys, never a key.",
    "They are kept in DIR/secrets/keys.sealed, or in the PKCS#11 token that DIR/secrets/keys.json names:",
    "  {\"keeper\": \"token\", \"library\": \"/usr/lib/softhsm/libsofthsm2.so\", \"label\": \"onecard\", \"pin\": \"token.pin\"}"},
    mixinStandardHelpOptions = true,
    subcommands = {KeysListCommand.class, KeysInitCommand.class, KeysCeremonyCommand.class, KeysRotateCommand.class, KeysRetireCommand.class})
final class KeysCommand implements Callable<Integer> {
    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Option(names = "--demo", description = "make demo keys first: anybody who knows the seed can make them again")
    private boolean demo;       // written by picocli

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "seed of the demo keys (default: ${DEFAULT-VALUE})")
    private long seed;          // written by picocli

    @Override
    public Integer call() throws IOException {
        if (demo) {
            data.keeper().beginDemo(seed);
            writeSchemes(data);
        }
        print(data, spec.commandLine().getOut());
        return 0;
    }

    /** The standard key schemes, unless there are any. */
    static void writeSchemes(DataDir data) throws IOException {
        if (!Files.exists(data.keySchemesFile())) {
            KeySchemes.standard().write(data.keySchemesFile());
        }
    }

    /** What keys there are, and what each is good for. */
    static void print(DataDir data, PrintWriter out) {
        KeyKeeper keeper = data.fullKeeper();
        keeper.refresh();
        KeyRing ring = keeper.ring();
        out.println(keeper.file() + (ring.isDemo() ? ": DEMO keys, not for cards that hold money" : ""));
        for (KeyId id : ring.listIds()) {
            String state = ring.findRetiredFrom(id).map(from -> "  retired from " + from).orElse("");
            boolean isCurrent = id.usage().isOfCards() && ring.findCurrentVersion().filter(version -> version == id.version()).isPresent();
            out.printf("  %-8s version %3d  %-4s  check value %s  %s%s%s%n", id.usage(), id.version(), id.algorithm(), ring.checkValue(id),
                    ring.canLeave(id) ? "sealed" : "in the token", isCurrent ? ", current" : "", state);
        }
        out.flush();
    }
}
