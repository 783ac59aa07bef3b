package cn.onecard.engine.boot;

import cn.onecard.engine.bench.BenchCity;
import cn.onecard.engine.bench.RigSettings;
import cn.onecard.engine.bench.crowd.CrowdBench;
import cn.onecard.engine.bench.crowd.CrowdReport;
import cn.onecard.engine.bench.crowd.CrowdSettings;
import cn.onecard.vocabulary.BusinessDate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures what terminals that behave notice of those that do not, and of very many others. */
@Command(name = "crowd", description = "Measures what terminals notice of a gateway that reads no answers, of one that floods, and of "
        + "thousands of other connections.", mixinStandardHelpOptions = true)
final class BenchCrowdCommand implements Callable<Integer> {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final int MOST_CONNECTIONS = 8_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Option(names = "--data", paramLabel = "DIR", defaultValue = "target/bench-crowd", description = "folder for the run, emptied first (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("target/bench-crowd");        // written by picocli

    @Option(names = "--quick", description = "a rough answer in about a minute")
    private boolean quick;      // written by picocli

    @Option(names = "--connections", paramLabel = "N", description = "connections at once in the last line, at most 8000 (default: 5000, quick 500)")
    private @Nullable Integer connections;      // written by picocli

    @Option(names = "--report", paramLabel = "FILE", description = "write the figures as JSON as well")
    private @Nullable Path report;      // written by picocli

    @Override
    public Integer call() throws IOException {
        int atOnce = connections != null ? connections : quick ? 500 : 5_000;
        if (atOnce < 1 || atOnce > MOST_CONNECTIONS) {
            throw new ParameterException(spec.commandLine(), "--connections: 1 to " + MOST_CONNECTIONS);
        }
        Clock clock = Clock.systemUTC();
        RigSettings rig = new RigSettings(Path.of(System.getProperty("onecard.home", ".")), data.toAbsolutePath().normalize(), Optional.empty(),
                new BusinessDate(LocalDate.ofInstant(clock.instant(), CHINA)), 512, List.of("-Xmx512m", "-XX:+UseParallelGC"));
        CrowdSettings settings = new CrowdSettings(rig, 200, quick ? 5 : 30, 1, atOnce, 5, quick ? 20 : 100);
        CrowdReport result = CrowdBench.run(settings, BenchCity.anyRun(clock.millis()), clock.instant(), words -> {
            spec.commandLine().getErr().println(words + " ...");
            spec.commandLine().getErr().flush();
        });
        spec.commandLine().getOut().println(result.table());
        spec.commandLine().getOut().flush();
        if (report != null) {
            result.write(report);
        }
        if (!result.nothingLost()) {
            spec.commandLine().getErr().println("onecard bench: taps were lost, see the table");
            return 1;
        }
        return 0;
    }
}
