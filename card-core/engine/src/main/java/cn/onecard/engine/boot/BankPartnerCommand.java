package cn.onecard.engine.boot;

import cn.onecard.engine.key.MacMethod;
import cn.onecard.engine.key.PrivateFile;
import cn.onecard.engine.key.SignOnForm;
import cn.onecard.engine.key.TerminalMasterKey;
import cn.onecard.engine.partner.FaultPlan;
import cn.onecard.engine.partner.FrameServer;
import cn.onecard.engine.partner.unionpay.BankHost;
import cn.onecard.engine.partner.unionpay.FaultyHost;
import cn.onecard.engine.rail.iso8583.Pan;
import cn.onecard.engine.rail.iso8583.Profile;
import cn.onecard.vocabulary.Money;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a UnionPay acquirer until it is told to end. Its terminals are 00000001 and on, their master keys made anew each time; its
 *  cards 621234 and a running number. When it is ready it writes {@code DIR/bank/bank.json},
 *  by which a core reaches it, and {@code DIR/run/partner-unionpay.json}. */
@Command(name = "unionpay", description = "A UnionPay acquirer: POS dialect of ISO 8583 over TCP, on 127.0.0.1.", mixinStandardHelpOptions = true)
final class BankPartnerCommand implements Callable<Integer> {
    private static final String MERCHANT = "898000000000001";
    private static final String PIN = "123456";
    private static final int PARTY = 601;

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
        FaultPlan plan = practice.plan(spec);       // first: a wrong call writes no keys
        BankHost host = new BankHost(mac, Clock.systemUTC(), new SecureRandom());
        List<Map<String, Object>> ours = new ArrayList<>();
        for (int i = 1; i <= terminals; i++) {
            String terminal = "%08d".formatted(i);
            ours.add(Map.of("terminal", terminal, "components", addTerminal(host, terminal)));
        }
        for (int i = 1; i <= cards; i++) {
            host.addAccount(Pan.withCheckDigit("621234%012d".formatted(i)), PIN, Money.ofFen(balanceFen));
        }
        try (FrameServer server = new FrameServer(new FaultyHost(host, Profile.CUP_POS_64, plan)::take, practice.port(), practice.late())) {
            PracticeOption.writeDescriptor(data.bank().resolve("bank.json"), descriptor(server.address().getPort(), ours));
            ReadyFile.write(data.ready("partner-unionpay"), Map.of("port", server.address().getPort()));
            PracticeOption.await(spec, "partner unionpay ready: 127.0.0.1:%d, merchant %s, terminals 00000001 to %08d".formatted(server.address().getPort(), MERCHANT, terminals));
        }
        return 0;
    }

    /** Lets a terminal in.
     *
     *  @return the files with the components of its master key */
    private List<String> addTerminal(BankHost host, String terminal) throws IOException {
        SecureRandom random = new SecureRandom();
        List<byte[]> components = new ArrayList<>();
        List<String> files = new ArrayList<>();
        for (int i = 1; i <= 2; i++) {
            byte[] component = new byte[16];
            random.nextBytes(component);
            components.add(component);
            String file = terminal + "-" + i + ".hex";
            PrivateFile.write(data.bank().resolve(file), HexFormat.of().formatHex(component).getBytes(StandardCharsets.US_ASCII));
            files.add(file);
        }
        host.addTerminal(terminal, MERCHANT, signOn == SignOnForm.SM4 ? TerminalMasterKey.ofSm4(components) : TerminalMasterKey.ofTdes(components));
        return files;
    }

    private Map<String, Object> descriptor(int port, List<Map<String, Object>> ours) {
        return Map.of("party", PARTY, "merchant", MERCHANT, "host", Map.of("name", "127.0.0.1", "port", port), "wire", Map.of("destination", 3, "header", "603100311003"),
                "security", Map.of("mac", mac.name(), "signOn", signOn.name()), "patience", Map.of("connectMillis", 1_000, "answerMillis", 3_000, "reversalTries", 3),
                "settleAt", "23:30", "terminals", ours);
    }
}
