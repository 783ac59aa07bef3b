package cn.onecard.engine.boot;

import cn.onecard.engine.flow.LoadDesk;
import cn.onecard.engine.key.CardKeys;
import cn.onecard.engine.key.KeyKeeper;
import cn.onecard.engine.key.KeyRing;
import cn.onecard.engine.key.KeySchemes;
import cn.onecard.engine.key.LoadKeys;
import cn.onecard.engine.receive.TerminalServer;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.vocabulary.BusinessDate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the core until it is told to end (SIGTERM, Ctrl-C). When it is ready it writes {@code DIR/run/core.json}, or the
 *  file that it is told: several nodes can share a data folder. */
@Command(name = "serve", description = "Runs the core.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "address to listen on for terminals (default: ${DEFAULT-VALUE})")
    private String host = "127.0.0.1";     // written by picocli

    @Option(names = "--port", defaultValue = "0", description = "port for terminals; 0: any free one")
    private int port;           // written by picocli

    @Option(names = "--http-port", defaultValue = "0", description = "port for operators, on 127.0.0.1; 0: any free one")
    private int httpPort;       // written by picocli

    @Option(names = "--api-port", defaultValue = "0", description = "port for merchants, billers and hospitals, on 127.0.0.1; 0: any free one")
    private int apiPort;        // written by picocli

    @Option(names = "--business-date", paramLabel = "D", converter = DateConverter.class,
            description = "business date to begin the books with if they were never begun (default: today in China)")
    private @Nullable BusinessDate businessDate;     // written by picocli

    @Option(names = "--plaintext", description = "talk to terminals in clear; only on 127.0.0.1")
    private boolean plaintext;  // written by picocli

    @Option(names = "--production", description = "start on master keys alone that are fit for cards that hold money, and with TLS")
    private boolean production;     // written by picocli

    @Option(names = "--lanes", defaultValue = "2", description = "ways into the journal (default: ${DEFAULT-VALUE})")
    private int lanes;          // written by picocli

    @Option(names = "--node", defaultValue = "core", description = "name of this node, unique on its database (default: ${DEFAULT-VALUE})")
    private String node = "core";          // written by picocli

    @Option(names = "--ready", paramLabel = "FILE", description = "file to write when ready, one for each node (default: DIR/run/core.json)")
    private @Nullable Path ready;          // written by picocli

    @Option(names = "--bank", paramLabel = "FILE", description = "descriptor of a bank whose terminals belong to this node alone (default: no bank)")
    private @Nullable Path bank;           // written by picocli

    @Option(names = "--claim-days", paramLabel = "N", defaultValue = "" + Desks.CLAIM_DAYS, description = "how long the purse of a card that nobody could read is waited for, "
            + "because its taps may be late (default: ${DEFAULT-VALUE})")
    private int claimDays;      // written by picocli

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (claimDays < 0) {
            throw new ParameterException(spec.commandLine(), "--claim-days: 0 or more");
        }
        if (lanes < 1 || lanes > 64) {
            throw new ParameterException(spec.commandLine(), "--lanes: 1 to 64");
        }
        Clock clock = Clock.systemUTC();
        KeyKeeper keeper = keeper();
        KeyRing ring = keeper.ring();
        KeySchemes schemes = data.keySchemes();
        LoadDesk.Keys keys = new LoadDesk.Keys(new LoadKeys(keeper, schemes), new CardKeys(keeper, schemes));
        Desks.Plan partners = new Desks.Plan(node, data.billers(), data.clinics(), Optional.ofNullable(bank), ring, claimDays);
        Database database = Database.open(data.root(), Account.ENGINE);
        BusinessDate first = businessDate != null ? businessDate : new BusinessDate(LocalDate.ofInstant(clock.instant(), CHINA));
        Core core = new Core(new Core.Settings(node, lanes, first, address(), new Core.Ports(httpPort, apiPort)), database, keys, partners, clock);
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        AtomicBoolean clean = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            told.countDown();
            awaitQuietly(ended);
            if (clean.get()) {
                Runtime.getRuntime().halt(0);       // a signal alone would make the status 143
            }
        }, "end of the core"));
        try {
            ReadyFile.write(ready(), Map.of("grpcPort", core.grpcPort(), "httpPort", core.httpPort(), "apiPort", core.apiPort()));
            spec.commandLine().getOut().printf("core ready: terminals on %s:%d, operators on http://127.0.0.1:%d, API on %s://127.0.0.1:%d%n",
                    host, core.grpcPort(), core.httpPort(), plaintext ? "http" : "https", core.apiPort());
            spec.commandLine().getOut().flush();
            told.await();
            LOG.info("going down");
            core.close();
            Files.deleteIfExists(ready());
            LOG.info("down: what was acknowledged is committed");
            clean.set(true);
            return 0;
        } finally {
            ended.countDown();
        }
    }

    /** The keeper of the master keys, which is there and, in production, has real ones. */
    private KeyKeeper keeper() {
        KeyKeeper keeper = data.fullKeeper();
        if (production) {
            if (plaintext) {
                throw new ParameterException(spec.commandLine(), "--production: not with --plaintext");
            }
            keeper.requireFit();
        }
        keeper.refresh();
        return keeper;
    }

    private TerminalServer.Address address() {
        try {
            return new TerminalServer.Address(host, port, plaintext ? Optional.empty() : Optional.of(data.tls()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--plaintext: " + e.getMessage(), e);
        }
    }

    private Path ready() {
        return ready != null ? ready.toAbsolutePath() : data.ready("core");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads a business date from the command line. */
    static final class DateConverter implements picocli.CommandLine.ITypeConverter<BusinessDate> {
        @Override
        public BusinessDate convert(String text) {
            return BusinessDate.parse(text);
        }
    }
}
