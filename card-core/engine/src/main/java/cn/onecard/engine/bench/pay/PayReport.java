package cn.onecard.engine.bench.pay;

import cn.onecard.engine.bench.Machine;
import cn.onecard.engine.bench.Median;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a run found out about payments, as a table that a person reads and as JSON. */
public final class PayReport {
    private final PaySettings settings;
    private final Lines lines;
    private final long entries;
    private final Machine machine;
    private final String database;

    PayReport(PaySettings settings, Lines lines, long entries, Machine machine, String database) {
        this.settings = settings;
        this.lines = lines;
        this.entries = entries;
        this.machine = machine;
        this.database = database;
    }

    /** The outcomes of all rounds, line by line. */
    record Lines(List<PayLoad.Outcome> captured, List<PayLoad.Outcome> hotCard, List<PayLoad.Outcome> hotShop, List<PayLoad.Outcome> naive) {
        Lines() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    /** The table. */
    public String table() {
        StringBuilder out = new StringBuilder();
        out.append("machine    %d cores, %d MiB, %s, load %s%n".formatted(machine.cores(), machine.memoryMebibytes(), machine.processor(), machine.load()));
        out.append("           %s; %s; write and sync of 4 KiB: p50 %s ms, p99 %s ms%n".formatted(machine.system(), database,
                millis(machine.syncP50Nanos()), millis(machine.syncP99Nanos())));
        out.append("measured   %d rounds of %d s, %d wallets, %d lanes, medians (all rounds in brackets); the callers and the corridor share a process%n%n"
                .formatted(settings.rounds(), settings.seconds(), settings.wallets(), settings.lanes()));
        line(out, "captured", lines.captured(), PayBench.CALLERS + " callers, any wallet, any of 1000 shops");
        line(out, "hot card", lines.hotCard(), PayBench.HOT_CALLERS + " callers, one wallet");
        line(out, "hot shop", lines.hotShop(), PayBench.CALLERS + " callers, any wallet, one shop");
        line(out, "naive", lines.naive(), PayBench.NAIVE_CALLERS + " callers, a transaction a payment, a connection each");
        out.append("           captured is %s times naive%n%n".formatted(BigDecimal.valueOf(perSecond(lines.captured()))
                .divide(BigDecimal.valueOf(Math.max(1, perSecond(lines.naive()))), 1, RoundingMode.HALF_UP)));
        out.append("proven     every account is the sum of its entries, of which there are %,d%n".formatted(entries));
        return out.toString();
    }

    /** Writes the figures as JSON. */
    public void write(Path file) throws IOException {
        ObjectNode root = new ObjectMapper().createObjectNode();
        put(root.putObject("captured"), lines.captured());
        put(root.putObject("hot_card"), lines.hotCard());
        put(root.putObject("hot_shop"), lines.hotShop());
        put(root.putObject("naive"), lines.naive());
        root.put("entries_proven", entries);
        machine.write(file, root, database);
    }

    private static void line(StringBuilder out, String name, List<PayLoad.Outcome> rounds, String what) {
        out.append("%-10s %,9d /s  p50 %s ms, p99 %s ms; %s %s%n".formatted(name, perSecond(rounds), millis(percentile(rounds, 50)),
                millis(percentile(rounds, 99)), what, rates(rounds)));
    }

    private static void put(ObjectNode node, List<PayLoad.Outcome> rounds) {
        node.put("per_s", perSecond(rounds)).put("p50_ms", millis(percentile(rounds, 50))).put("p99_ms", millis(percentile(rounds, 99)))
                .putPOJO("rounds", rates(rounds));
    }

    private static List<Long> rates(List<PayLoad.Outcome> rounds) {
        return rounds.stream().map(PayLoad.Outcome::perSecond).toList();
    }

    private static long perSecond(List<PayLoad.Outcome> rounds) {
        return Median.of(rates(rounds));
    }

    private static long percentile(List<PayLoad.Outcome> rounds, int percent) {
        return Median.of(rounds.stream().map(round -> round.latencies().getValueAtPercentile(percent)).toList());
    }

    private static BigDecimal millis(long nanos) {
        return BigDecimal.valueOf(nanos, 6).setScale(3, RoundingMode.HALF_UP);
    }
}
