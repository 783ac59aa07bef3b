package cn.onecard.engine.boot;

import cn.onecard.engine.api.Caller;
import cn.onecard.engine.api.CallerTable;
import cn.onecard.engine.api.PublicKeyBytes;
import cn.onecard.engine.api.RequestSigner;
import cn.onecard.engine.api.Scope;
import cn.onecard.engine.key.TrustFile;
import cn.onecard.engine.partner.counter.ApiLine;
import cn.onecard.engine.partner.counter.CityCounters;
import cn.onecard.engine.partner.counter.Errand;
import cn.onecard.engine.partner.counter.Outcome;
import cn.onecard.vocabulary.PartyId;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Plays the counters that people go to: each is a caller of the interface, let in with a new key, and signs what it sends over HTTPS. */
@Command(name = "counters", description = "Counters of banks, shops and clinics that call the interface for the people of a file, and count what they are answered.",
        mixinStandardHelpOptions = true)
final class CountersPartnerCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final int MOST_A_SECOND = 10_000;
    private static final int NOT_KNOWN = 401;

    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Option(names = "--file", paramLabel = "FILE", required = true, description = "errands.csv: key, act, card_no, caller, amount_fen, detail, earlier")
    private Path file = Path.of("");        // written by picocli

    @Option(names = "--counter", paramLabel = "NAME=PARTY", required = true, description = "a caller of the file and the party that it acts for; may stand several times. "
            + "A caller that is there already gets another key")
    private Map<String, Integer> counters = new TreeMap<>();        // written by picocli

    @Option(names = "--persons", paramLabel = "N", defaultValue = "48", description = "how many are served at once (default: ${DEFAULT-VALUE})")
    private int persons;        // written by picocli

    @Option(names = "--progress", description = "print progress as JSON lines")
    private boolean progress;   // written by picocli

    @Option(names = "--report", paramLabel = "FILE", description = "write the counts as JSON")
    private @Nullable Path report;      // written by picocli

    @Override
    public Integer call() throws Exception {
        if (persons < 1) {
            throw new ParameterException(spec.commandLine(), "--persons: at least 1");
        }
        List<Errand> errands = ErrandFile.read(file);
        ObjectMapper json = new ObjectMapper();
        URI core = URI.create("https://localhost:" + json.readTree(data.ready("core").toFile()).path("apiPort").asInt());
        try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(TrustFile.read(data.tls().resolve("ca.pem"))).build()) {
            Map<String, ApiLine> lines = new HashMap<>();
            for (Map.Entry<String, PublicKeyed> one : letIn(errands).entrySet()) {
                lines.put(one.getKey(), line(http, core, one.getValue().signer(), json));
            }
            for (ApiLine line : lines.values()) {
                awaitKnown(line);
            }
            return tell(new CityCounters(lines, persons, PATIENCE, Clock.systemUTC()).serve(errands, teller()), json);
        } catch (IOException e) {
            throw new OperationFailed(core + ": " + e.getMessage());
        }
    }

    /** A caller with its key. */
    private record PublicKeyed(Caller caller, RequestSigner signer) {}

    /** Lets every counter in, for what its errands need. */
    private Map<String, PublicKeyed> letIn(List<Errand> errands) throws NoSuchAlgorithmException {
        Map<String, PublicKeyed> all = new TreeMap<>();
        for (Map.Entry<String, Integer> one : counters.entrySet()) {
            String scopes = errands.stream().filter(errand -> errand.caller().equals(one.getKey())).flatMap(errand -> Stream.of(errand.act().scopes().split(" ", -1)))
                    .distinct().collect(Collectors.joining(" "));
            if (scopes.isEmpty()) {
                throw new ParameterException(spec.commandLine(), "--counter: nobody goes to " + one.getKey());
            }
            KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            Caller caller = new Caller(one.getKey(), new PartyId(one.getValue()), PublicKeyBytes.of(keys.getPublic()), Scope.parse(scopes), MOST_A_SECOND, Optional.empty());
            all.put(one.getKey(), new PublicKeyed(caller, new RequestSigner(one.getKey(), keys.getPrivate())));
        }
        return CallersOption.of(data).with(table -> {
            all.values().forEach(one -> letIn(table, one.caller()));
            return all;
        });
    }

    private static void letIn(CallerTable table, Caller caller) {
        if (table.add(caller, Clock.systemUTC().instant())) {
            return;
        }
        boolean same = table.list().stream().anyMatch(one -> one.name().equals(caller.name()) && one.party().equals(caller.party()) && one.scopes().containsAll(caller.scopes()));
        if (!same || !table.setKey(caller.name(), caller.publicKey())) {
            throw new OperationFailed("there is a caller " + caller.name() + " that acts for somebody else, or may do less, or may call no more");
        }
    }

    private static ApiLine line(HttpClient http, URI core, RequestSigner signer, ObjectMapper json) {
        return call -> {
            byte[] body = call.body().isPresent() ? json.writeValueAsBytes(call.body().get()) : new byte[0];
            HttpResponse<byte[]> response = http.send(signer.request(call.method(), core.resolve(call.path()), call.key(), body, Clock.systemUTC().instant()), BodyHandlers.ofByteArray());
            JsonNode answer = json.readTree(response.body());
            return new ApiLine.Reply(response.statusCode(), answer);
        };
    }

    /** A core looks for new callers every two seconds. */
    private static void awaitKnown(ApiLine line) throws IOException, InterruptedException {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (line.send(new ApiLine.Call("GET", "/v1/billers", Optional.empty(), Optional.empty())).status() == NOT_KNOWN) {
            if (System.nanoTime() > limit) {
                throw new OperationFailed("the core does not know the counters; does it use the same database?");
            }
            Thread.sleep(BETWEEN);
        }
    }

    private BiConsumer<Long, Long> teller() {
        if (!progress) {
            return (done, of) -> { };
        }
        PrintWriter out = spec.commandLine().getOut();
        return (done, of) -> {
            if (done % 50 == 0 || done.equals(of)) {
                synchronized (out) {
                    out.printf("{\"stage\":\"errands\",\"done\":%d,\"of\":%d}%n", done, of);
                    out.flush();
                }
            }
        };
    }

    private int tell(List<Outcome> outcomes, ObjectMapper json) throws IOException {
        Map<String, Integer> words = new TreeMap<>();
        Map<Errand.Act, Long> fen = new EnumMap<>(Errand.Act.class);
        Map<String, Long> billsFen = new TreeMap<>();
        outcomes.forEach(one -> {
            if (one.errand().act() == Errand.Act.BILL || one.errand().act() == Errand.Act.CANCEL_BILL) {
                billsFen.merge(one.errand().biller(), one.errand().act() == Errand.Act.BILL ? one.fen() : -one.fen(), Math::addExact);
            }
            words.merge(one.word(), 1, Integer::sum);
            fen.merge(one.errand().act(), one.fen(), Math::addExact);
        });
        long done = outcomes.stream().filter(Outcome::isDone).count();
        ObjectNode told = json.createObjectNode().put("asked", outcomes.size()).put("done", done);
        told.set("answers", json.valueToTree(words));
        told.set("fen", json.valueToTree(fen));
        told.set("billsFen", json.valueToTree(billsFen));
        if (report != null) {
            json.writeValue(report.toFile(), told);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%d errands, %d done %s%n", outcomes.size(), done, words);
        outcomes.stream().filter(one -> !one.isDone()).limit(10).forEach(one -> out.printf("  %s %s: %s%n", one.errand().key(), one.errand().act(), one.word()));
        out.flush();
        return 0;
    }
}
