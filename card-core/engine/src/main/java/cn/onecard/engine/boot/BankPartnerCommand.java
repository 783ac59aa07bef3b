package cn.onecard.engine.boot;

import cn.onecard.engine.key.MacMethod;
import cn.onecard.engine.key.SignOnForm;
import cn.onecard.engine.key.TerminalMasterKey;
import cn.onecard.engine.partner.FrameServer;
import cn.onecard.engine.partner.unionpay.BankHost;
import cn.onecard.engine.partner.unionpay.FaultyHost;
import cn.onecard.engine.rail.iso8583.Pan;
import cn.onecard.engine.rail.iso8583.Profile;
import cn.onecard.vocabulary.Money;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a UnionPay acquirer until it is told to end. Its terminals are 00000001 and on, their master keys those of the seed; its
 *  cards 621234 and a running number. When it is ready it writes {@code DIR/run/partner-unionpay.json}. */
@Command(name = "unionpay", description = "A UnionPay acquirer: POS dialect of ISO 8583 over TCP, on 127.0.0.1.", mixinStandardHelpOptions = true)
final class BankPartnerCommand implements Callable<Integer> {
    private static final String MERCHANT = "898000000000001";
    private static final String PIN = "123456";

    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Mixin
    private PracticeOption practice = new PracticeOption();     // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

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

    @Override
    public Integer call() throws IOException, InterruptedException {
        BankHost host = new BankHost(mac, Clock.systemUTC(), new SecureRandom());
        for (int i = 1; i <= terminals; i++) {
            String terminal = "%08d".formatted(i);
            host.addTerminal(terminal, MERCHANT, TerminalMasterKey.demo(practice.seed(), terminal, signOn));
        }
        for (int i = 1; i <= cards; i++) {
            host.addAccount(Pan.withCheckDigit("621234%012d".formatted(i)), PIN, Money.ofFen(balanceFen));
        }
        CountDownLatch told = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(told::countDown, "end of the bank"));
        try (FrameServer server = new FrameServer(new FaultyHost(host, Profile.CUP_POS_64, practice.plan(spec))::take, practice.port(), practice.late())) {
            ReadyFile.write(data.ready("partner-unionpay"), Map.of("port", server.address().getPort()));
            spec.commandLine().getOut().printf("partner unionpay ready: 127.0.0.1:%d, merchant %s, terminals 00000001 to %08d%n",
                    server.address().getPort(), MERCHANT, terminals);
            spec.commandLine().getOut().flush();
            told.await();
        }
        return 0;
    }
}
