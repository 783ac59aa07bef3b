package cn.onecard.engine.bench.crowd;

import cn.onecard.engine.bench.Machine;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;

/** What became of the terminals in the crowd, as a table that a person reads and as JSON. */
public final class CrowdReport {
    private final CrowdSettings settings;
    private final List<CrowdResult> results;
    private final Machine machine;
    private final String database;
    private final long peakMebibytes;

    CrowdReport(CrowdSettings settings, List<CrowdResult> results, Machine machine, String database, long peakMebibytes) {
        this.settings = settings;
        this.results = List.copyOf(results);
        this.machine = machine;
        this.database = database;
        this.peakMebibytes = peakMebibytes;
    }

    /** Whether every tap was answered once and stands in the journal once. */
    public boolean nothingLost() {
        return results.stream().allMatch(result -> result.lost() == 0 && result.journal().rows() == result.journal().expected());
    }

    /** The table. */
    public String table() {
        StringBuilder out = new StringBuilder();
        out.append("machine  %d cores, %d MiB, %s, load %s; %s%n".formatted(machine.cores(), machine.memoryMebibytes(), machine.processor(),
                machine.load(), machine.system()));
        out.append("measured %d s a line; latency from when a tap was due; core's JVM %s%n%n".formatted(settings.seconds(), settings.rig().coreOptions()));
        out.append("%-6s %11s %8s %9s %9s %9s  %-17s %8s %9s %9s %6s%n".formatted("line", "connections", "taps/s", "p50 ms", "p99 ms", "max ms",
                "acks per terminal", "rss MiB", "heap MiB", "rows", "lost"));
        for (CrowdResult result : results) {
            Histogram latencies = result.steady().latencies();
            List<Long> spread = result.spread();
            out.append("%-6s %11d %8d %9s %9s %9s  %-17s %8d %9d %9d %6d  %s%n".formatted(result.name(), result.connections(), result.perSecond(),
                    millis(latencies.getValueAtPercentile(50)), millis(latencies.getValueAtPercentile(99)), millis(latencies.getMaxValue()),
                    spread.getFirst() + " / " + spread.get(1) + " / " + spread.getLast(), result.memory().residentMebibytes(),
                    result.memory().heapMebibytes(), result.journal().rows(), result.lost(), result.what()));
        }
        out.append("%nacks per terminal: least / median / most; lost: taps sent and never answered; rss and heap: the most during the line%n".formatted());
        results.forEach(result -> result.rude().ifPresent(rude -> out.append(rude(rude))));
        results.forEach(result -> out.append("%-6s opened in %s s, %d rows for %d taps%n".formatted(result.name(),
                BigDecimal.valueOf(result.steady().openingNanos(), 9).setScale(1, RoundingMode.HALF_UP), result.journal().rows(), result.journal().expected())));
        out.append("the core's peak of all lines: %d MiB resident%n".formatted(peakMebibytes));
        return out.toString();
    }

    private static String rude(CrowdResult.Rude rude) {
        return ("unread: wrote %d taps and read no answer; the core had taken %d of them and stopped. Then it read on: %d sent, %d answered%n"
                + "flood:  %d taps sent, %d answered, %d a second%n").formatted(rude.unreadSent(), rude.unreadTaken(), rude.unread().sent(),
                rude.unread().answered(), rude.flood().sent(), rude.flood().answered(), rude.flood().perSecond());
    }

    /** Writes the figures as JSON. */
    public void write(Path file) throws IOException {
        ObjectNode root = new ObjectMapper().createObjectNode();
        for (CrowdResult result : results) {
            Histogram latencies = result.steady().latencies();
            List<Long> spread = result.spread();
            ObjectNode line = root.putObject(result.name()).put("connections", result.connections()).put("per_s", result.perSecond())
                    .put("p50_ms", millis(latencies.getValueAtPercentile(50))).put("p99_ms", millis(latencies.getValueAtPercentile(99)))
                    .put("max_ms", millis(latencies.getMaxValue()))
                    .put("acks_least", spread.getFirst()).put("acks_median", spread.get(1)).put("acks_most", spread.getLast())
                    .put("rss_mb", result.memory().residentMebibytes()).put("heap_mb", result.memory().heapMebibytes())
                    .put("opening_ms", result.steady().openingNanos() / 1_000_000)
                    .put("rows", result.journal().rows()).put("rows_expected", result.journal().expected()).put("lost", result.lost());
            result.rude().ifPresent(rude -> {
                line.putObject("unread").put("written", rude.unreadSent()).put("taken", rude.unreadTaken()).put("sent", rude.unread().sent())
                        .put("answered", rude.unread().answered());
                line.putObject("flood").put("sent", rude.flood().sent()).put("answered", rude.flood().answered()).put("per_s", rude.flood().perSecond());
            });
        }
        root.putObject("memory").put("peak_rss_mb", peakMebibytes);
        machine.write(file, root, database);
    }

    private static BigDecimal millis(long nanos) {
        return BigDecimal.valueOf(nanos, 6).setScale(1, RoundingMode.HALF_UP);
    }
}
