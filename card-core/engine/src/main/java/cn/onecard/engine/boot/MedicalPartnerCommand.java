package cn.onecard.engine.boot;

import cn.onecard.engine.key.SigningKey;
import cn.onecard.engine.partner.medical.InsurancePlatform;
import cn.onecard.engine.partner.medical.PlatformServer;
import cn.onecard.engine.rail.nhsa.LinkSignature;
import cn.onecard.vocabulary.Money;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a health insurance until it is told to end. Its persons have invented identity numbers 310101190001 and a running number.
 *  When it is ready it writes
 *  {@code DIR/clinics/clinic.json}, by which a core reaches it if nothing is signed, and {@code DIR/run/partner-medical.json}. */
@Command(name = "medical", description = "A health insurance: the national platform's messages over HTTP, on 127.0.0.1.", mixinStandardHelpOptions = true)
final class MedicalPartnerCommand implements Callable<Integer> {
    private static final int PARTY = 501;
    private static final int SERVICE = 30;

    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Mixin
    private PracticeOption practice = new PracticeOption();     // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

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

    @Override
    public Integer call() throws IOException, InterruptedException {
        InsurancePlatform platform = new InsurancePlatform();
        for (int i = 1; i <= persons; i++) {
            platform.addPerson("310101190001%06d".formatted(i), "3100%010d".formatted(i), "居民" + i, Money.ofFen(accountFen));
        }
        platform.setDrift(Money.ofFen(driftFen));
        Optional<LinkSignature> signature = Optional.ofNullable(scheme).map(this::signature);
        try (PlatformServer server = new PlatformServer(platform, signature, PlatformServer.Manners.of(practice.plan(spec), practice.late()), practice.port())) {
            writeReady(server, signature);
            if (signature.isEmpty()) {
                PracticeOption.writeDescriptor(data.clinics().resolve("clinic.json"), clinic(server));
            }
            PracticeOption.await(spec, "partner medical ready: %s, %d persons from 310101190001000001".formatted(server.address(), persons));
        }
        return 0;
    }

    private static Map<String, Object> clinic(PlatformServer server) {
        return Map.of("party", PARTY, "serviceCode", SERVICE, "institution", "H31010100001", "name", "市人民医院", "region", "310101", "insurance", server.address().toString(),
                "deadlineMillis", 3_000, "finalRefusals", List.of("-1"), "accountContracted", false);
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

    private void writeReady(PlatformServer server, Optional<LinkSignature> signature) throws IOException {
        Map<String, Object> where = new TreeMap<>(Map.of("address", server.address().toString()));
        signature.ifPresent(link -> where.put("public_key", Base64.getEncoder().encodeToString(link.own().check().encoded())));
        ReadyFile.write(data.ready("partner-medical"), where);
    }
}
