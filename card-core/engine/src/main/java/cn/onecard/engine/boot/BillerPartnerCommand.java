package cn.onecard.engine.boot;

import cn.onecard.engine.key.CertificateAuthority;
import cn.onecard.engine.key.PrivateFile;
import cn.onecard.engine.key.SigningKey;
import cn.onecard.engine.key.SigningKeyFile;
import cn.onecard.engine.key.TerminalMasterKey;
import cn.onecard.engine.partner.FaultPlan;
import cn.onecard.engine.partner.FrameServer;
import cn.onecard.engine.partner.utility.BillerBook;
import cn.onecard.engine.partner.utility.Conduct;
import cn.onecard.engine.partner.utility.FramesBillerHost;
import cn.onecard.engine.partner.utility.HttpsBillerServer;
import cn.onecard.engine.partner.utility.SftpBillerServer;
import cn.onecard.engine.rail.file.SshKeyFile;
import cn.onecard.engine.rail.utility.BillerDescriptor;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a biller until it is told to end. Its accounts are 10000001 and on. When it is ready, its descriptor stands in
 *  {@code DIR/billers/NAME.json} and all keys in {@code DIR/billers/NAME}, for a core to use. */
@Command(name = "utility", description = "A water, electricity or gas company: JSON over HTTPS, frames, or files over SFTP, on 127.0.0.1.", mixinStandardHelpOptions = true)
final class BillerPartnerCommand implements Callable<Integer> {
    /** The styles there are. */
    enum Style {
        HTTPS, FRAMES, SFTP
    }

    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Mixin
    private PracticeOption practice = new PracticeOption();     // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Option(names = "--style", defaultValue = "HTTPS", description = "how it speaks: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Style style = Style.HTTPS;      // written by picocli

    @Option(names = "--name", paramLabel = "NAME", defaultValue = "utility", description = "what the biller is called: 1 to 20 of a-z and 0-9 (default: ${DEFAULT-VALUE})")
    private String name = "utility";        // written by picocli

    @Option(names = "--category", defaultValue = "WATER", description = "what it bills: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private BillerDescriptor.Category category = BillerDescriptor.Category.WATER;     // written by picocli

    @Option(names = "--party", paramLabel = "N", defaultValue = "401", description = "number of its party (default: ${DEFAULT-VALUE})")
    private int party;          // written by picocli

    @Option(names = "--service", paramLabel = "CODE", defaultValue = "21", description = "service code of its bills (default: ${DEFAULT-VALUE})")
    private int service;        // written by picocli

    @Option(names = "--accounts", paramLabel = "N", defaultValue = "1000", description = "how many customers there are (default: ${DEFAULT-VALUE})")
    private int accounts;       // written by picocli

    /** A biller that listens.
     *
     *  @param link how to reach it, as a descriptor says it */
    private record Running(Closeable server, int port, Map<String, Object> link) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        FaultPlan plan = practice.plan(spec);       // first: a wrong call writes no keys
        if (!name.matches("[a-z0-9]{1,20}")) {
            throw new ParameterException(spec.commandLine(), "--name: 1 to 20 of a-z and 0-9");
        }
        Clock clock = Clock.systemUTC();
        BillerBook book = BillerBook.invented(LocalDate.now(clock.withZone(ZoneId.of("Asia/Shanghai"))), accounts, practice.seed());
        Path folder = data.billers().resolve(name);
        Files.createDirectories(folder);
        Running running = switch (style) {
            case HTTPS -> https(book, folder, plan, clock);
            case FRAMES -> frames(book, folder, plan);
            case SFTP -> sftp(book, folder, plan);
        };
        try (Closeable _ = running.server()) {
            PracticeOption.writeDescriptor(data.billers().resolve(name + ".json"), descriptor(running.link()));
            PracticeOption.await(spec, "partner utility ready: %s on 127.0.0.1:%d, accounts 10000001 to %d".formatted(name, running.port(), 10_000_000 + accounts));
        }
        return 0;
    }

    private Running https(BillerBook book, Path folder, FaultPlan plan, Clock clock) throws IOException {
        CertificateAuthority.open(folder.resolve("tls"), clock.instant()).issueCore();
        SecureRandom random = new SecureRandom();
        SigningKey ours = SigningKeyFile.open(folder.resolve("agent.key"), SigningKey.Scheme.SM2, random);
        SigningKey theirs = SigningKeyFile.open(folder.resolve("biller.key"), SigningKey.Scheme.SM2, random);
        HttpsBillerServer server = new HttpsBillerServer(book, new HttpsBillerServer.Keys(theirs, ours.check(), folder.resolve("tls")),
                new Conduct(plan, practice.late()), clock, practice.port());
        return new Running(server::close, server.port(), Map.of("style", "HTTPS", "url", "https://127.0.0.1:" + server.port(), "trust", name + "/tls/ca.pem",
                "own", Map.of("scheme", "SM2", "name", "onecard", "file", name + "/agent.key"), "billerKey", Base64.getEncoder().encodeToString(theirs.check().encoded())));
    }

    private Running frames(BillerBook book, Path folder, FaultPlan plan) throws IOException {
        SecureRandom random = new SecureRandom();
        byte[] one = new byte[16];
        byte[] two = new byte[16];
        random.nextBytes(one);
        random.nextBytes(two);
        PrivateFile.write(folder.resolve("component-1.hex"), HexFormat.of().formatHex(one).getBytes(StandardCharsets.US_ASCII));
        PrivateFile.write(folder.resolve("component-2.hex"), HexFormat.of().formatHex(two).getBytes(StandardCharsets.US_ASCII));
        FramesBillerHost host = new FramesBillerHost(book, TerminalMasterKey.ofTdes(List.of(one, two)), plan);
        FrameServer server = new FrameServer(host::take, practice.port(), practice.late());
        return new Running(server::close, server.address().getPort(), Map.of("style", "8583", "host", "127.0.0.1", "port", server.address().getPort(),
                "components", List.of(name + "/component-1.hex", name + "/component-2.hex"),
                "terminal", Map.of("terminal", "00000001", "agent", "898000000000001", "unit", "WATER01")));
    }

    private Running sftp(BillerBook book, Path folder, FaultPlan plan) throws IOException {
        KeyPair theirs = SshKeyFile.open(folder.resolve("biller.ssh"));
        KeyPair ours = SshKeyFile.open(folder.resolve("agent.ssh"));
        SftpBillerServer server = new SftpBillerServer(book, new SftpBillerServer.Keys(theirs, ours.getPublic()), folder.resolve("sftp"),
                new Conduct(plan, practice.late()), practice.port());
        return new Running(server::close, server.port(), Map.of("style", "SFTP", "host", "127.0.0.1", "port", server.port(), "user", SftpBillerServer.USER,
                "keys", Map.of("own", name + "/agent.ssh", "biller", name + "/biller.ssh.pub"),
                "folders", Map.of("toBiller", SftpBillerServer.IN, "fromBiller", SftpBillerServer.OUT)));
    }

    private Map<String, Object> descriptor(Map<String, Object> link) {
        return Map.of("biller", name, "about", Map.of("name", name + " works", "category", category.name(), "party", party, "serviceCode", service),
                "inputs", List.of(Map.of("name", "account", "label", "户号", "regex", "[0-9]{8}")),
                "rules", Map.of("amount", "EXACT", "unitFen", 1, "order", "OLDEST_FIRST", "cancelUntil", "23:59", "fulfilment", "NONE"),
                "day", Map.of("cutoff", "23:59", "zone", "Asia/Shanghai", "statementSide", "BILLER_PULL"),
                "patience", Map.of("connectMillis", 1_000, "answerMillis", 3_000, "visibilitySeconds", 60),
                "codes", Map.of("done", List.of("OK", "00"), "processing", List.of(), "notFound", List.of("NOT_FOUND", "25"), "refused", List.of("REFUSED", "12")),
                "layouts", Map.of(), "link", link);
    }
}
