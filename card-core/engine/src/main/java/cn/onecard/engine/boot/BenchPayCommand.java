package cn.onecard.engine.boot;

import cn.onecard.engine.bench.RigSettings;
import cn.onecard.engine.bench.pay.PayBench;
import cn.onecard.engine.bench.pay.PayReport;
import cn.onecard.engine.bench.pay.PaySettings;
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

/** Measures payments from wallets. */
@Command(name = "pay", description = "Measures captured wallet payments a second, with a hot card and a hot shop, against a transaction a payment.",
        mixinStandardHelpOptions = true)
final class BenchPayCommand implements Callable<Integer> {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Option(names = "--data", paramLabel = "DIR", defaultValue = "target/bench", description = "folder for the run, emptied first (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("target/bench");        // written by picocli

    @Option(names = "--quick", description = "a rough answer in about a minute")
    private boolean quick;      // written by picocli

    @Option(names = "--report", paramLabel = "FILE", description = "write the figures as JSON as well")
    private @Nullable Path report;      // written by picocli

    @Option(names = "--url", paramLabel = "JDBC", description = "an external server, jdbc:mysql://host:port/?user=..&password=.. of its administrator")
    private @Nullable String url;       // written by picocli

    @Option(names = "--lanes", paramLabel = "N", defaultValue = "2", description = "lanes of the corridor (default: ${DEFAULT-VALUE})")
    private int lanes;          // written by picocli

    @Option(names = "--buffer-pool", paramLabel = "MIB", defaultValue = "1024", description = "memory of the database for pages, in MiB (default: ${DEFAULT-VALUE})")
    private int bufferPoolMebibytes;    // written by picocli

    @Override
    public Integer call() throws IOException {
        Clock clock = Clock.systemUTC();
        BusinessDate today = new BusinessDate(LocalDate.ofInstant(clock.instant(), CHINA));
        RigSettings rig = new RigSettings(Path.of(System.getProperty("onecard.home", ".")), data.toAbsolutePath().normalize(),
                Optional.ofNullable(url), today, bufferPoolMebibytes, List.of());
        PaySettings settings = quick ? new PaySettings(rig, 3, 3, 20_000, lanes) : new PaySettings(rig, 5, 10, 100_000, lanes);
        PayReport result = PayBench.run(settings, clock, words -> {
            spec.commandLine().getErr().println(words + " ...");
            spec.commandLine().getErr().flush();
        });
        spec.commandLine().getOut().println(result.table());
        spec.commandLine().getOut().flush();
        if (report != null) {
            result.write(report);
        }
        return 0;
    }
}
