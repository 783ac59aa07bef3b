package cn.onecard.settlement.boot;

import cn.onecard.settlement.city.City;
import cn.onecard.settlement.city.CityFiles;
import cn.onecard.settlement.city.GeneratedCity;
import cn.onecard.settlement.city.SwipeCity;
import cn.onecard.settlement.demo.Demo;
import cn.onecard.settlement.demo.DemoFailed;
import cn.onecard.vocabulary.BusinessDate;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The programs a newcomer starts with: {@code demo} plays a day of a city, {@code city} only writes its files. */
@Command(name = "onecard", mixinStandardHelpOptions = true, subcommands = {DemoMain.DemoCommand.class, DemoMain.CityCommand.class})
public final class DemoMain {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private DemoMain() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new DemoMain()).execute(arguments));
    }

    /** Which city to make. */
    static final class CityOptions {
        @Option(names = "--cards", paramLabel = "N", defaultValue = "5000", description = "residents with a card (default: ${DEFAULT-VALUE})")
        private int cards;

        @Option(names = "--taps", paramLabel = "N", defaultValue = "20000", description = "taps of the day (default: ${DEFAULT-VALUE})")
        private int taps;

        @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "the same seed makes the same city (default: ${DEFAULT-VALUE})")
        private long seed;

        @Option(names = "--date", paramLabel = "D", description = "business date of a generated day (default: today in China)")
        private @Nullable LocalDate date;

        @Option(names = "--swipes", paramLabel = "FILE", description = "play recorded swipes instead of a generated day")
        private @Nullable Path swipes;

        private City city() throws IOException {
            if (swipes != null) {
                return SwipeCity.read(swipes);
            }
            LocalDate day = date != null ? date : LocalDate.now(Clock.system(CHINA));
            return GeneratedCity.make(seed, new BusinessDate(day), cards, taps);
        }
    }

    /** Plays a day. */
    @Command(name = "demo", mixinStandardHelpOptions = true,
            description = "Plays a day of a city through the real programs: taps, settlement, extract.")
    static final class DemoCommand implements Runnable {
        @Mixin
        private CityOptions options = new CityOptions();

        @Option(names = "--data", paramLabel = "DIR", defaultValue = "data/demo", description = "where it lives (default: ${DEFAULT-VALUE})")
        private Path data = Path.of("data/demo");

        @Option(names = "--report", paramLabel = "FILE", description = "write the summary as JSON")
        private @Nullable Path report;

        @Option(names = "--exit", description = "end when the day is done, with status 0 only if every check holds")
        private boolean exit;

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public void run() {
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            try {
                System.exit(play(out));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(java.util.Objects.requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()), e);
            } catch (IOException | DemoFailed e) {
                System.err.println("demo: " + e.getMessage());
                System.exit(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                System.exit(1);
            }
        }

        private int play(PrintStream out) throws IOException, InterruptedException, DemoFailed {
            Path home = Path.of(System.getProperty("onecard.home", ".")).toAbsolutePath().normalize();
            Demo demo = new Demo(options.city(), new Demo.Places(home, data.toAbsolutePath().normalize(), out, Clock.systemUTC()), options.seed,
                    atTerminal(), System.getenv("ONECARD_DB_URL") == null);
            Thread stopper = new Thread(() -> stop(demo), "stop-demo");
            Runtime.getRuntime().addShutdownHook(stopper);
            boolean pass = demo.play(report);
            if (!exit) {
                demo.printAddresses();
                new CountDownLatch(1).await();
            }
            return pass ? 0 : 1;
        }

        /** Since JDK 25 there is again no console where nobody sits at a terminal. */
        @SuppressWarnings("SystemConsoleNull")
        private static boolean atTerminal() {
            Console console = System.console();
            return console != null && console.isTerminal();
        }

        private static void stop(Demo demo) {
            try {
                demo.stop();
            } catch (IOException | DemoFailed e) {
                System.err.println("demo: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Writes a city's files. */
    @Command(name = "city", mixinStandardHelpOptions = true, description = "Writes the files of a demo city and of its day's plan.")
    static final class CityCommand implements Runnable {
        @Mixin
        private CityOptions options = new CityOptions();

        @Option(names = "--data", paramLabel = "DIR", defaultValue = "data", description = "writes DIR/city (default: ${DEFAULT-VALUE})")
        private Path data = Path.of("data");

        @Override
        public void run() {
            try {
                City city = options.city();
                CityFiles.write(city, data.resolve("city"));
                System.out.println(city.cards().size() + " cards, " + city.psams().size() + " terminals, " + city.plan().size()
                        + " acts on " + city.day() + " in " + data.resolve("city"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
