package cn.onecard.engine.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the benchmarks that stand beside the rooms and prints one table. Lives among the tests, as the benchmarks do, because JMH is
 *  never shipped. */
@Command(name = "micro", description = "Measures the steps of one tap, each by itself, on one thread.", mixinStandardHelpOptions = true)
public final class MicroBench implements Callable<Integer> {
    /** Nanoseconds that an operation must stay below. */
    private static final Map<String, Integer> TARGETS = Map.of("Verify.keyCached TDES", 2_500, "Verify.keyNotCached TDES", 8_000);

    @Spec
    private CommandSpec spec = CommandSpec.create();        // written by picocli

    @Option(names = "--quick", description = "a rough answer in less than 40 seconds: all in one process, where each benchmark disturbs the next")
    private boolean quick;      // written by picocli

    @Option(names = "--report", paramLabel = "FILE", description = "write the figures as JSON as well")
    private @Nullable Path report;      // written by picocli

    @Parameters(paramLabel = "PATTERN", arity = "0..1", defaultValue = ".*", description = "only benchmarks whose name this expression finds, for example Verify")
    private String pattern = ".*";      // written by picocli

    private MicroBench() {}

    /** Runs the benchmarks and exits: 0 done, 1 it could not be done, 2 wrongly called. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new MicroBench()).execute(args));
    }

    /** What one benchmark says.
     *
     *  @param nanos time of an operation: the median of the forks
     *  @param forks the same of every fork, least first
     *  @param bytes allocated by an operation */
    private record Figure(BigDecimal nanos, List<BigDecimal> forks, BigDecimal bytes) {
        static Figure of(RunResult result) {
            List<BigDecimal> forks = result.getBenchmarkResults().stream().map(BenchmarkResult::getPrimaryResult)
                    .map(Figure::rounded).sorted().toList();
            return new Figure(forks.get(forks.size() / 2), forks, rounded(Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))));
        }

        private static BigDecimal rounded(Result<?> result) {
            return BigDecimal.valueOf(result.getScore()).setScale(0, RoundingMode.HALF_UP);
        }
    }

    @Override
    public Integer call() throws IOException {
        String machine = machine();
        Collection<RunResult> results;
        try {
            results = new Runner(options()).run();
        } catch (NoBenchmarksException e) {
            spec.commandLine().getErr().println("onecard bench micro: no benchmark has a name in which " + pattern + " is found");
            return CommandLine.ExitCode.SOFTWARE;
        } catch (RunnerException e) {
            spec.commandLine().getErr().println("onecard bench micro: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        Map<String, Figure> figures = results.stream().collect(Collectors.toMap(MicroBench::name, Figure::of, (one, other) -> other, TreeMap::new));
        PrintWriter out = spec.commandLine().getOut();
        out.println(machine);
        print(out, figures);
        out.flush();
        if (report != null) {
            write(report, machine, figures);
        }
        return 0;
    }

    private Options options() {
        ChainedOptionsBuilder options = new OptionsBuilder().include(pattern).shouldFailOnError(true).verbosity(VerboseMode.SILENT)
                .addProfiler(GCProfiler.class);
        return quick
                ? options.forks(0).warmupIterations(3).warmupTime(TimeValue.milliseconds(300))
                        .measurementIterations(3).measurementTime(TimeValue.milliseconds(150)).build()
                : options.forks(3).warmupIterations(3).warmupTime(TimeValue.milliseconds(500))
                        .measurementIterations(4).measurementTime(TimeValue.milliseconds(500)).build();
    }

    /** Class without its ending, method, and the values of the parameters. */
    private static String name(RunResult result) {
        BenchmarkParams params = result.getParams();
        String[] parts = params.getBenchmark().split("\\.", -1);
        String method = parts[parts.length - 2].replace("Benchmark", "") + "." + parts[parts.length - 1];
        return params.getParamsKeys().stream().sorted(Comparator.naturalOrder()).map(params::getParam)
                .collect(Collectors.joining(" ", method + " ", "")).strip();
    }

    private static void print(PrintWriter out, Map<String, Figure> figures) {
        out.printf("%n%-32s %10s %10s   %-24s %s%n", "operation", "ns", "bytes", "forks, ns", "target");
        figures.forEach((name, figure) -> out.printf("%-32s %,10d %,10d   %-24s %s%n", name, figure.nanos().longValue(), figure.bytes().longValue(),
                figure.forks().stream().map(BigDecimal::toString).collect(Collectors.joining(" ")), verdict(name, figure)));
    }

    private static String verdict(String name, Figure figure) {
        Integer target = TARGETS.get(name);
        if (target == null) {
            return "";
        }
        return "below %,d: %s".formatted(target, figure.nanos().longValue() < target ? "yes" : "NO");
    }

    private static String machine() throws IOException {
        return "%d cores, %s, load %s, Java %s, one thread".formatted(Runtime.getRuntime().availableProcessors(), Machine.readProcessor(),
                Machine.readLoad(), Runtime.version());
    }

    private static void write(Path file, String machine, Map<String, Figure> figures) throws IOException {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("machine", machine);
        ObjectNode operations = root.putObject("operations");
        figures.forEach((name, figure) -> operations.putObject(name).put("ns", figure.nanos()).put("bytes", figure.bytes())
                .putPOJO("forks_ns", figure.forks()));
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
    }
}
