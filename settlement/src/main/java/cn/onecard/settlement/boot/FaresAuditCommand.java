package cn.onecard.settlement.boot;

import cn.onecard.settlement.city.Swipe;
import cn.onecard.settlement.fares.SwipeAudit;
import cn.onecard.settlement.fares.SwipeAudit.Explained;
import cn.onecard.settlement.fares.SwipeAudit.Finding;
import cn.onecard.settlement.fares.SwipeAudit.Result;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Holds recorded swipes against a fare table. */
@Command(name = "audit", mixinStandardHelpOptions = true,
        description = "Holds recorded swipes against a fare table: which charges the rules explain, and each that they do not, with why.")
final class FaresAuditCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();    // written by picocli

    @Option(names = "--swipes", paramLabel = "FILE", required = true, description = "recorded swipes, CSV")
    private Path swipes = Path.of("");                  // written by picocli

    @Option(names = "--rules", paramLabel = "FILE", required = true, description = "the fare table")
    private Path rules = Path.of("");                   // written by picocli

    @Option(names = "--out", paramLabel = "FILE", description = "every charge that is not explained, CSV")
    private @Nullable Path out;                         // written by picocli

    @Override
    public Integer call() throws IOException {
        Result result = SwipeAudit.audit(Swipe.read(swipes), FareFile.read(rules));
        PrintWriter summary = spec.commandLine().getOut();
        summary.printf("%8d swipes%n%8d entries for nothing%n", result.swipes(), result.free());
        result.explained().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(Explained::kind).thenComparing(Explained::transfer)))
                .forEach(entry -> summary.printf("%8d as %s%s%n", entry.getValue(), entry.getKey().kind(),
                        entry.getKey().transfer() ? ", with a transfer" : ""));
        result.byReason().forEach((reason, count) -> summary.printf("%8d %s%n", count, reason));
        if (out != null) {
            write(result, out);
            summary.println("each of these " + result.findings().size() + " in " + out);
        }
        return 0;
    }

    private static void write(Result result, Path file) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(file, StandardCharsets.UTF_8)) {
            csv.writeRecord("line", "card_no", "at", "service", "line_name", "full_fare_fen", "charged_fen", "transfer", "reason", "why");
            for (Finding finding : result.findings()) {
                Swipe swipe = finding.swipe();
                csv.writeRecord(Long.toString(swipe.row()), swipe.card(), swipe.at().toString(), swipe.service().name(), swipe.lineName(),
                        Long.toString(swipe.fullFare().fen()), Long.toString(swipe.charged().fen()), swipe.transfer() ? "1" : "0",
                        finding.reason().name(), finding.why());
            }
        }
    }
}
