package cn.onecard.engine.boot;

import cn.onecard.engine.bench.BenchCity;
import cn.onecard.engine.bench.RigSettings;
import cn.onecard.engine.bench.ingest.BenchSettings;
import cn.onecard.engine.bench.ingest.BenchSettings.Line;
import cn.onecard.engine.bench.ingest.IngestBench;
import cn.onecard.engine.bench.ingest.IngestReport;
import cn.onecard.vocabulary.BusinessDate;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the way of a tap into the journal. */
@Command(name = "ingest", description = "Measures taps a second, in bulk and one by one, against what the database takes alone.",
        mixinStandardHelpOptions = true)
final class BenchIngestCommand implements Callable<Integer> {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final List<Long> GROWTH = List.of(1_000_000L, 10_000_000L, 50_000_000L);

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Option(names = "--data", paramLabel = "DIR", defaultValue = "target/bench", description = "folder for the run, emptied first (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("target/bench");        // written by picocli

    @Option(names = "--quick", description = "a rough answer in about a minute, without the growth line")
    private boolean quick;      // written by picocli

    @Option(names = "--report", paramLabel = "FILE", description = "write the figures as JSON as well")
    private @Nullable Path report;      // written by picocli

    @Option(names = "--url", paramLabel = "JDBC", description = "an external server, jdbc:mysql://host:port/?user=..&password=.. of its administrator")
    private @Nullable String url;       // written by picocli

    @Option(names = "--growth-rows", paramLabel = "N", defaultValue = "50000000", description = "most rows of the growth line; 0: no growth line (default: ${DEFAULT-VALUE})")
    private long growthRows;    // written by picocli

    @Option(names = "--only", paramLabel = "LINE", split = ",", description = "measure these lines alone: ${COMPLETION-CANDIDATES}")
    private Set<Line> lines = EnumSet.allOf(Line.class);        // written by picocli

    @Option(names = "--rounds", paramLabel = "N", description = "rounds (default: 5, quick 1)")
    private @Nullable Integer rounds;   // written by picocli

    @Option(names = "--cards", paramLabel = "N", description = "cards in the register (default: 1000000, quick 100000)")
    private @Nullable Integer cards;        // written by picocli

    @Option(names = "--buffer-pool", paramLabel = "MIB", defaultValue = "1024", description = "memory of the database for pages, in MiB (default: ${DEFAULT-VALUE})")
    private int bufferPoolMebibytes;    // written by picocli

    @Option(names = "--core-options", paramLabel = "OPTION", arity = "1..*", description = "options of the core's JVM (default: those of ./onecard core)")
    private List<String> coreOptions = List.of("-Xmx512m", "-XX:+UseParallelGC");       // written by picocli

    @Override
    public Integer call() throws IOException {
        Clock clock = Clock.systemUTC();
        BusinessDate today = new BusinessDate(LocalDate.ofInstant(clock.instant(), CHINA));
        List<Long> growth = quick ? List.of() : Stream.concat(GROWTH.stream().filter(rows -> rows < growthRows), Stream.of(growthRows))
                .filter(rows -> rows > 0).toList();
        RigSettings rig = new RigSettings(Path.of(System.getProperty("onecard.home", ".")), data.toAbsolutePath().normalize(),
                Optional.ofNullable(url), today, bufferPoolMebibytes, coreOptions);
        BenchSettings settings = new BenchSettings(rig, rounds != null ? rounds : quick ? 1 : 5, cards != null ? cards : quick ? 100_000 : 1_000_000, quick ? 200_000 : 400_000,
                quick ? 3 : 12, quick ? 2 : 5, growth, lines);
        PrintWriter out = spec.commandLine().getOut();
        IngestReport result = IngestBench.run(settings, BenchCity.anyRun(clock.millis()), words -> {
            spec.commandLine().getErr().println(words + " ...");
            spec.commandLine().getErr().flush();
        });
        out.println(result.table());
        out.flush();
        if (report != null) {
            result.write(report);
        }
        return 0;
    }
}
