package cn.onecard.engine.boot;

import cn.onecard.engine.bench.BenchCity;
import cn.onecard.engine.bench.RigSettings;
import cn.onecard.engine.bench.crash.CrashBench;
import cn.onecard.engine.bench.crash.CrashReport;
import cn.onecard.engine.bench.crash.CrashSettings;
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
import picocli.CommandLine.Spec;

/** Kills core and database under load, and counts what came of it. */
@Command(name = "crash", description = "Kills core and database under bulk load, and compares the journal with what was sent.",
        mixinStandardHelpOptions = true)
final class BenchCrashCommand implements Callable<Integer> {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final List<String> CORE_OPTIONS = List.of("-Xmx512m", "-XX:+UseParallelGC");
    private static final int BUFFER_POOL_MEBIBYTES = 256;

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Option(names = "--data", paramLabel = "DIR", defaultValue = "target/bench", description = "folder for the run, emptied first (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("target/bench");        // written by picocli

    @Option(names = "--quick", description = "core 3, database 2, one of two nodes 1 times, instead of 20, 10 and 3")
    private boolean quick;      // written by picocli

    @Option(names = "--seed", paramLabel = "S", defaultValue = "3", description = "of taps and moments (default: ${DEFAULT-VALUE})")
    private long seed;          // written by picocli

    @Option(names = "--report", paramLabel = "FILE", description = "write the counts as JSON as well")
    private @Nullable Path report;      // written by picocli

    @Option(names = "--url", paramLabel = "JDBC", description = "an external server, jdbc:mysql://host:port/?user=..&password=.. of its administrator;"
            + " it is not killed")
    private @Nullable String url;       // written by picocli

    @Override
    public Integer call() throws IOException {
        Clock clock = Clock.systemUTC();
        BusinessDate today = new BusinessDate(LocalDate.ofInstant(clock.instant(), CHINA));
        RigSettings rig = new RigSettings(Path.of(System.getProperty("onecard.home", ".")), data.toAbsolutePath().normalize(),
                Optional.ofNullable(url), today, BUFFER_POOL_MEBIBYTES, CORE_OPTIONS);
        CrashSettings settings = quick ? new CrashSettings(rig, seed, 3, 2, 1) : new CrashSettings(rig, seed, 20, 10, 3);
        CrashReport result = CrashBench.run(settings, BenchCity.anyRun(clock.millis()), words -> {
            spec.commandLine().getErr().println(words + " ...");
            spec.commandLine().getErr().flush();
        });
        spec.commandLine().getOut().println(result.table());
        spec.commandLine().getOut().flush();
        if (report != null) {
            result.write(report);
        }
        result.requireKept();
        return 0;
    }
}
