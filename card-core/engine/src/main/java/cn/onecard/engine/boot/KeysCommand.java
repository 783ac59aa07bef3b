package cn.onecard.engine.boot;

import cn.onecard.engine.key.KeyId;
import cn.onecard.engine.key.KeyRing;
import cn.onecard.engine.key.KeySchemes;
import cn.onecard.engine.key.PrivateFile;
import cn.onecard.engine.key.SealedKeyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the key check values of the master keys; makes demo keys. */
@Command(name = "keys", description = "Shows the check values of the master keys, never a key.", mixinStandardHelpOptions = true)
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
            makeDemoKeys();
        }
        KeyRing ring = data.keys();
        PrintWriter out = spec.commandLine().getOut();
        out.println(data.keyFile() + (ring.isDemo() ? ": DEMO keys, not for cards that hold money" : ""));
        for (KeyId id : ring.listIds()) {
            out.printf("  %-8s version %3d  %-4s  check value %s%n", id.usage(), id.version(), id.algorithm(), ring.checkValue(id));
        }
        out.flush();
        return 0;
    }

    private void makeDemoKeys() throws IOException {
        KeyRing ring = KeyRing.demo(seed);
        if (Files.exists(data.keyFile())) {
            if (!data.keys().sameKeysAs(ring)) {
                throw new OperationFailed(data.keyFile() + " holds other keys; they are not overwritten");
            }
            return;
        }
        if (!Files.exists(data.keyPass())) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            PrivateFile.write(data.keyPass(), (HexFormat.of().formatHex(random) + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        KeySchemes.standard().write(data.keySchemesFile());
        SealedKeyFile.write(data.keyFile(), ring, data.pass());
    }
}
