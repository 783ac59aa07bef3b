package cn.onecard.engine.boot;

import cn.onecard.engine.key.SigningKey;
import cn.onecard.engine.partner.FaultPlan;
import cn.onecard.engine.partner.medical.InsurancePlatform;
import cn.onecard.engine.partner.medical.PlatformServer;
import cn.onecard.engine.rail.nhsa.LinkSignature;
import cn.onecard.vocabulary.Money;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a health insurance until it is told to end. Its persons have invented identity numbers 310101190001 and a running number.
 *  When it is ready it writes {@code DIR/run/partner-medical.json}. */
@Command(name = "medical", description = "A health insurance: the national platform's messages over HTTP, on 127.0.0.1.", mixinStandardHelpOptions = true)
final class MedicalPartnerCommand implements Callable<Integer> {
    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Option(names = "--port", defaultValue = "0", description = "port to listen on; 0: any free one")
    private int port;           // written by picocli

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "what faults are made of (default: ${DEFAULT-VALUE})")
    private long seed;          // written by picocli

    @Option(names = "--persons", paramLabel = "N", defaultValue = "1000", description = "how many are insured (default: ${DEFAULT-VALUE})")
    private int persons;        // written by picocli

    @Option(names = "--account", paramLabel = "FEN", defaultValue = "50000", description = "what each has on the personal account (default: ${DEFAULT-VALUE})")
    private long accountFen;    // written by picocli

    @Option(names = "--drift", paramLabel = "FEN", defaultValue = "0", description = "how much more of the person a settlement asks than its quote (default: ${DEFAULT-VALUE})")
    private long driftFen;      // written by picocli

    @Option(names = "--sign", paramLabel = "SCHEME", description = "sign answers, by a new key whose public half is in the ready file: ${COMPLETION-CANDIDATES}")
    private SigningKey.@Nullable Scheme scheme;     // written by picocli; null: nothing is signed

    @Option(names = "--institution-key", paramLabel = "BASE64", defaultValue = "", description = "public key by which the institution signs; needed by --sign")
    private String institutionKey = "";     // written by picocli

    @Option(names = "--faults", paramLabel = "F=PERCENT,..", defaultValue = "", description = "what goes wrong how often: slow, drop-before, drop-after, garbage, twice, "
            + "others, wrong-mac")
    private String faults = "";         // written by picocli

    @Option(names = "--late", paramLabel = "MILLIS", defaultValue = "5000", description = "how late a slow answer is (default: ${DEFAULT-VALUE})")
    private long lateMillis;    // written by picocli

    @Override
    public Integer call() throws IOException, InterruptedException {
        InsurancePlatform platform = new InsurancePlatform();
        for (int i = 1; i <= persons; i++) {
            platform.addPerson("310101190001%06d".formatted(i), "3100%010d".formatted(i), "居民" + i, Money.ofFen(accountFen));
        }
        platform.setDrift(Money.ofFen(driftFen));
        Optional<LinkSignature> signature = Optional.ofNullable(scheme).map(this::signature);
        CountDownLatch told = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(told::countDown, "end of the insurance"));
        try (PlatformServer server = new PlatformServer(platform, signature, PlatformServer.Manners.of(plan(), Duration.ofMillis(lateMillis)), port)) {
            writeReady(server, signature);
            spec.commandLine().getOut().printf("partner medical ready: %s, %d persons from 310101190001000001%n", server.address(), persons);
            spec.commandLine().getOut().flush();
            told.await();
        }
        return 0;
    }

    private LinkSignature signature(SigningKey.Scheme how) {
        if (institutionKey.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--sign needs --institution-key");
        }
        try {
            return new LinkSignature(SigningKey.generate(how, new SecureRandom()), SigningKey.Check.of(how, Base64.getDecoder().decode(institutionKey)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--institution-key: no public key of " + how, e);
        }
    }

    private FaultPlan plan() {
        try {
            return FaultPlan.parse(faults, seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--faults: " + e.getMessage(), e);
        }
    }

    private void writeReady(PlatformServer server, Optional<LinkSignature> signature) throws IOException {
        Path folder = data.root().resolve("run");
        Files.createDirectories(folder);
        Map<String, Object> ready = new TreeMap<>(Map.of("address", server.address().toString(), "pid", ProcessHandle.current().pid()));
        signature.ifPresent(link -> ready.put("public_key", Base64.getEncoder().encodeToString(link.own().check().encoded())));
        Path beside = folder.resolve(".partner-medical.json.new");
        new ObjectMapper().writeValue(beside.toFile(), ready);
        Files.move(beside, folder.resolve("partner-medical.json"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
