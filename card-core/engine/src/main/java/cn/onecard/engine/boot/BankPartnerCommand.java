package cn.onecard.engine.boot;

import cn.onecard.engine.key.MacMethod;
import cn.onecard.engine.key.SignOnForm;
import cn.onecard.engine.key.TerminalMasterKey;
import cn.onecard.engine.partner.FrameServer;
import cn.onecard.engine.partner.unionpay.BankHost;
import cn.onecard.engine.partner.FaultPlan;
import cn.onecard.engine.partner.unionpay.FaultyHost;
import cn.onecard.engine.rail.iso8583.Pan;
import cn.onecard.engine.rail.iso8583.Profile;
import cn.onecard.vocabulary.Money;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a UnionPay acquirer until it is told to end. Its terminals are 00000001 and on, their master keys those of the seed; its
 *  cards 621234 and a running number. When it is ready it writes {@code DIR/run/partner-unionpay.json}. */
@Command(name = "unionpay", description = "A UnionPay acquirer: POS dialect of ISO 8583 over TCP, on 127.0.0.1.", mixinStandardHelpOptions = true)
final class BankPartnerCommand implements Callable<Integer> {
    private static final String MERCHANT = "898000000000001";
    private static final String PIN = "123456";

    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Option(names = "--port", defaultValue = "0", description = "port to listen on; 0: any free one")
    private int port;           // written by picocli

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "what master keys and faults are made of (default: ${DEFAULT-VALUE})")
    private long seed;          // written by picocli

    @Option(names = "--terminals", paramLabel = "N", defaultValue = "4", description = "how many terminals there are (default: ${DEFAULT-VALUE})")
    private int terminals;      // written by picocli

    @Option(names = "--cards", paramLabel = "N", defaultValue = "1000", description = "how many bank cards there are, PIN " + PIN + " (default: ${DEFAULT-VALUE})")
    private int cards;          // written by picocli

    @Option(names = "--balance", paramLabel = "FEN", defaultValue = "1000000", description = "what is on each (default: ${DEFAULT-VALUE})")
    private long balanceFen;    // written by picocli

    @Option(names = "--mac", paramLabel = "METHOD", defaultValue = "CUP_ECB_3DES", description = "how MACs are made: ${COMPLETION-CANDIDATES}")
    private MacMethod mac = MacMethod.CUP_ECB_3DES;     // written by picocli

    @Option(names = "--sign-on", paramLabel = "FORM", defaultValue = "DOUBLE", description = "which keys the terminals are made for: ${COMPLETION-CANDIDATES}")
    private SignOnForm signOn = SignOnForm.DOUBLE;      // written by picocli

    @Option(names = "--faults", paramLabel = "F=PERCENT,..", defaultValue = "", description = "what goes wrong how often: slow, drop-before, drop-after, garbage, twice, "
            + "others, wrong-mac, forget-keys")
    private String faults = "";         // written by picocli

    @Option(names = "--late", paramLabel = "MILLIS", defaultValue = "5000", description = "how late a slow answer is (default: ${DEFAULT-VALUE})")
    private long lateMillis;    // written by picocli

    @Override
    public Integer call() throws IOException, InterruptedException {
        BankHost host = new BankHost(mac, Clock.systemUTC(), new SecureRandom());
        for (int i = 1; i <= terminals; i++) {
            String terminal = "%08d".formatted(i);
            host.addTerminal(terminal, MERCHANT, TerminalMasterKey.demo(seed, terminal, signOn));
        }
        for (int i = 1; i <= cards; i++) {
            host.addAccount(Pan.withCheckDigit("621234%012d".formatted(i)), PIN, Money.ofFen(balanceFen));
        }
        CountDownLatch told = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(told::countDown, "end of the bank"));
        try (FrameServer server = new FrameServer(new FaultyHost(host, Profile.CUP_POS_64, plan())::take, port, Duration.ofMillis(lateMillis))) {
            writeReady(server.address().getPort());
            spec.commandLine().getOut().printf("partner unionpay ready: 127.0.0.1:%d, merchant %s, terminals 00000001 to %08d%n",
                    server.address().getPort(), MERCHANT, terminals);
            spec.commandLine().getOut().flush();
            told.await();
        }
        return 0;
    }

    private FaultPlan plan() {
        try {
            return FaultPlan.parse(faults, seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--faults: " + e.getMessage(), e);
        }
    }

    private void writeReady(int listening) throws IOException {
        Path folder = data.root().resolve("run");
        Files.createDirectories(folder);
        Path beside = folder.resolve(".partner-unionpay.json.new");
        new ObjectMapper().writeValue(beside.toFile(), Map.of("port", listening, "pid", ProcessHandle.current().pid()));
        Files.move(beside, folder.resolve("partner-unionpay.json"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
