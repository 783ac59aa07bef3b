package cn.onecard.engine.boot;

import cn.onecard.engine.card.Personalisation;
import cn.onecard.engine.key.KeyRing;
import cn.onecard.engine.key.KeyUsage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the bureau's files: the keys of cards and PSAMs. */
@Command(name = "personalise", description = "Makes the keys of cards and PSAMs, in DIR/secrets/perso.", mixinStandardHelpOptions = true)
final class PersonaliseCommand implements Callable<Integer> {
    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Option(names = "--city", paramLabel = "DIR", description = "folder of cards.csv and psams.csv (default: DIR/city)")
    private @Nullable Path city;        // written by picocli

    @Option(names = "--key-version", paramLabel = "N", description = "version that cards are made with (default: the current one, see 'keys')")
    private @Nullable Integer keyVersion;       // written by picocli

    @Override
    public Integer call() throws IOException {
        KeyRing ring = data.keys();
        int version = keyVersion != null ? keyVersion : ring.findCurrentVersion()
                .orElseThrow(() -> new OperationFailed("no version of keys is given to cards yet; './onecard core keys rotate' gives one"));
        Personalisation.Counts counts = new Personalisation(ring, data.keySchemes()).write(city == null ? data.city() : city, data.perso(), version);
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%d cards and %d PSAMs personalised in %s%n", counts.cards(), counts.psams(), data.perso());
        ring.listIds().stream().filter(id -> id.usage() == KeyUsage.PURCHASE && !ring.canLeave(id)).forEach(id -> out.printf(
                "%s of version %d for %s (check value %s) stays in its token: PSAMs get it from its components%n",
                id.usage(), id.version(), id.algorithm(), ring.checkValue(id)));
        out.flush();
        return 0;
    }
}
