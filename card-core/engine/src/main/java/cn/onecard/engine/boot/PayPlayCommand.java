package cn.onecard.engine.boot;

import cn.onecard.engine.flow.PaymentCorridor;
import cn.onecard.engine.order.AccountId;
import cn.onecard.engine.order.AccountKind;
import cn.onecard.engine.order.Accounts;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentLimits;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.CardNo;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pay play}. A node of its own beside the core, on the same database: what it asks goes through its own lanes. */
@Command(name = "play", description = "Asks for the payments of a file, as a node beside the core, and counts the answers. Opens the wallets that it needs.",
        mixinStandardHelpOptions = true)
final class PayPlayCommand implements Callable<Integer> {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Option(names = "--file", paramLabel = "FILE", required = true, description = "payments.csv: key, act, card_no, party_id, service_code, amount_fen, order_key")
    private Path file = Path.of("");        // written by picocli

    @Option(names = "--caller", paramLabel = "NAME", defaultValue = "play", description = "who asks (default: ${DEFAULT-VALUE})")
    private String caller = "play";         // written by picocli

    @Option(names = "--node", paramLabel = "NAME", defaultValue = "play", description = "name of this node (default: ${DEFAULT-VALUE})")
    private String node = "play";           // written by picocli

    @Option(names = "--lanes", paramLabel = "N", defaultValue = "2", description = "lanes of the corridor (default: ${DEFAULT-VALUE})")
    private int lanes;          // written by picocli

    @Option(names = "--report", paramLabel = "FILE", description = "write the counts as JSON")
    private @Nullable Path report;      // written by picocli

    @Override
    public Integer call() throws Exception {
        List<PaymentScript.Line> lines = PaymentScript.read(file);
        Clock clock = Clock.systemUTC();
        return BesideNode.work(data, node, lanes, (corridor, dsl) -> {
            List<AccountId> wallets = lines.stream().map(PaymentScript.Line::card).distinct().map(card -> new AccountId(card, AccountKind.WALLET)).toList();
            new Accounts(dsl).open(wallets, PaymentLimits.REGISTERED, new BusinessDate(LocalDate.ofInstant(clock.instant(), CHINA)), clock.instant());
            return tell(play(lines, corridor, clock));
        });
    }

    /** Asks for everything, all cards at once; of one card, each only when the one before is answered. */
    private List<PaymentAnswer> play(List<PaymentScript.Line> lines, PaymentCorridor corridor, Clock clock) throws InterruptedException, ExecutionException {
        Map<CardNo, List<PaymentScript.Line>> byCard = lines.stream().collect(Collectors.groupingBy(PaymentScript.Line::card));
        List<PaymentAnswer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<PaymentAnswer>>> all = byCard.values().stream().map(card -> threads.submit(() -> playCard(card, corridor, clock))).toList();
            for (Future<List<PaymentAnswer>> one : all) {
                answers.addAll(one.get());
            }
        }
        return answers;
    }

    private List<PaymentAnswer> playCard(List<PaymentScript.Line> lines, PaymentCorridor corridor, Clock clock) throws InterruptedException, ExecutionException {
        List<PaymentAnswer> answers = new ArrayList<>();
        for (PaymentScript.Line line : lines) {
            answers.add(corridor.take(line.request(caller, clock.instant())).get());
        }
        return answers;
    }

    private int tell(List<PaymentAnswer> answers) throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        int done = 0;
        for (PaymentAnswer answer : answers) {
            switch (answer) {
                case PaymentAnswer.Done one -> {
                    done++;
                    counts.merge(one.state().name(), 1, Integer::sum);
                }
                case PaymentAnswer.Refused one -> counts.merge(one.reason().name(), 1, Integer::sum);
            }
        }
        if (report != null) {
            new ObjectMapper().writeValue(report.toFile(), Map.of("asked", answers.size(), "done", done, "answers", counts));
        }
        spec.commandLine().getOut().printf("%d asked, %d done %s%n", answers.size(), done, counts);
        spec.commandLine().getOut().flush();
        return 0;
    }
}
