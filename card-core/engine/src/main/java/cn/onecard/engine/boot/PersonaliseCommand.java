package cn.onecard.engine.boot;

import cn.onecard.engine.card.Personalisation;
import java.io.IOException;
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

    @Option(names = "--key-version", paramLabel = "N", defaultValue = "1", description = "version that cards are made with (default: ${DEFAULT-VALUE})")
    private int keyVersion;     // written by picocli

    @Override
    public Integer call() throws IOException {
        Personalisation personalisation = new Personalisation(data.keys(), data.keySchemes());
        Personalisation.Counts counts = personalisation.write(city == null ? data.city() : city, data.perso(), keyVersion);
        spec.commandLine().getOut().printf("%d cards and %d PSAMs personalised in %s%n", counts.cards(), counts.psams(), data.perso());
        return 0;
    }
}
