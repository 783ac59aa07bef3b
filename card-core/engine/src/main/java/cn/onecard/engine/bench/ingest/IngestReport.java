package cn.onecard.engine.bench.ingest;

import cn.onecard.engine.bench.CoreFigures;
import cn.onecard.engine.bench.Machine;
import cn.onecard.engine.bench.Median;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a run found out, as a table that a person reads and as JSON. */
public final class IngestReport {
    private final BenchSettings settings;
    private final IngestResult result;
    private final Machine machine;
    private final String database;
    private final long ceiling;
    private final long naive;
    private final long bulk;

    IngestReport(BenchSettings settings, IngestResult result, Machine machine, String database) {
        this.settings = settings;
        this.result = result;
        this.machine = machine;
        this.database = database;
        this.ceiling = Median.of(result.ceiling());
        this.naive = Median.of(result.naive());
        this.bulk = Median.of(result.bulk());
    }

    /** The table. */
    public String table() {
        StringBuilder out = new StringBuilder();
        out.append("machine    %d cores, %d MiB, %s, load %s%n".formatted(machine.cores(), machine.memoryMebibytes(), machine.processor(), machine.load()));
        out.append("           %s; %s; write and sync of 4 KiB: p50 %s ms, p99 %s ms%n".formatted(machine.system(), database,
                millis(machine.syncP50Nanos()), millis(machine.syncP99Nanos())));
        out.append("measured   %d rounds of %d taps in bulk, %d cards, medians (all rounds in brackets)%n%n".formatted(settings.rounds(),
                settings.bulkTaps(), settings.cards()));
        rate(out, "ceiling", ceiling, result.ceiling(), "rows straight into the table, 2 connections");
        rate(out, "naive", naive, result.naive(), "a transaction a tap, 64 connections");
        rate(out, "bulk", bulk, result.bulk(), "verified, admitted, committed, acknowledged");
        if (ceiling > 0 && naive > 0 && bulk > 0) {
            out.append("           bulk is %s of the ceiling and %s times naive%n".formatted(ratio(bulk, ceiling), ratio(bulk, naive)));
        }
        out.append("%n".formatted());
        result.single().forEach((terminals, rounds) -> single(out, "single " + terminals, IngestResult.medians(rounds)));
        if (!result.lonely().isEmpty()) {
            single(out, "lonely", IngestResult.medians(result.lonely()));
        }
        if (bulk > 0) {
            out.append("%nwhere the time of a tap goes, in bulk%n".formatted());
            shares().forEach((stage, nanos) -> out.append("  %-14s %7s us  %3d %%%n".formatted(stage, micros(nanos), nanos * 100 / Math.max(1, spent()))));
        }
        out.append("%nmemory     the core's peak: %d MiB resident, JVM %s%n".formatted(peak(), settings.rig().coreOptions()));
        result.growth().forEach((rows, rates) -> rate(out, "growth", Median.of(rates), rates, "bulk at " + rows + " rows"));
        return out.toString();
    }

    /** Writes the figures as JSON. */
    public void write(Path file) throws IOException {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.putObject("ceiling").put("per_s", ceiling).putPOJO("rounds", result.ceiling());
        root.putObject("naive").put("per_s", naive).putPOJO("rounds", result.naive());
        root.putObject("bulk").put("per_s", bulk).put("ratio_to_ceiling", ratio(bulk, ceiling)).put("ratio_to_naive", ratio(bulk, naive))
                .putPOJO("rounds", result.bulk());
        result.single().forEach((terminals, rounds) -> put(root.putObject("single" + terminals), IngestResult.medians(rounds)));
        put(root.putObject("lonely"), IngestResult.medians(result.lonely()));
        ObjectNode time = root.putObject("time_us_per_tap");
        shares().forEach((stage, nanos) -> time.put(stage.replace(' ', '_'), micros(nanos)));
        root.putObject("memory").put("peak_rss_mb", peak());
        if (!result.growth().isEmpty()) {
            ObjectNode growth = root.putObject("growth");
            List<Long> medians = result.growth().values().stream().map(Median::of).toList();
            result.growth().forEach((rows, rates) -> growth.put("per_s_at_" + rows, Median.of(rates)));
            growth.put(result.growth().containsKey(50_000_000L) ? "ratio_50m" : "ratio_largest", ratio(medians.getLast(), medians.getFirst()));
        }
        machine.write(file, root, database);
    }

    private static void put(ObjectNode node, IngestResult.Single single) {
        node.put("per_s", single.perSecond()).put("closed_per_s", single.closedPerSecond()).put("p50_ms", millis(single.p50()))
                .put("p99_ms", millis(single.p99())).put("p999_ms", millis(single.p999()));
    }

    private static void rate(StringBuilder out, String name, long perSecond, List<Long> rounds, String what) {
        if (!rounds.isEmpty()) {
            out.append("%-10s %,9d /s  %s %s%n".formatted(name, perSecond, what, rounds));
        }
    }

    private static void single(StringBuilder out, String name, IngestResult.Single single) {
        out.append("%-10s %,9d /s  p50 %s ms, p99 %s ms, p99.9 %s ms from when a tap was due%s%n".formatted(name, single.perSecond(), millis(single.p50()),
                millis(single.p99()), millis(single.p999()),
                single.closedPerSecond() == 0 ? "" : "; %,d /s without timetable".formatted(single.closedPerSecond())));
    }

    /** Nanoseconds a tap. */
    private Map<String, Long> shares() {
        CoreFigures sum = result.spent().stream().reduce(CoreFigures.NONE, CoreFigures::plus);
        long taps = Math.max(1, result.bulkTaps().stream().mapToLong(Long::longValue).sum());
        Map<String, Long> shares = new java.util.LinkedHashMap<>();
        shares.put("transport", sum.transport() / taps);
        shares.put("verify", sum.verify() / taps);
        shares.put("admit", sum.admit() / taps);
        shares.put("encode", sum.encode() / taps);
        shares.put("database wait", sum.databaseWait() / taps);
        shares.put("other", Math.max(0, sum.other()) / taps);
        return shares;
    }

    private long spent() {
        return shares().values().stream().mapToLong(Long::longValue).sum();
    }

    private long peak() {
        return Median.of(result.peakMebibytes());
    }

    private static BigDecimal ratio(long one, long other) {
        return BigDecimal.valueOf(one).divide(BigDecimal.valueOf(Math.max(1, other)), 3, RoundingMode.HALF_UP);
    }

    private static BigDecimal millis(long nanos) {
        return BigDecimal.valueOf(nanos, 6).setScale(3, RoundingMode.HALF_UP);
    }

    private static BigDecimal micros(long nanos) {
        return BigDecimal.valueOf(nanos, 3).setScale(2, RoundingMode.HALF_UP);
    }
}
