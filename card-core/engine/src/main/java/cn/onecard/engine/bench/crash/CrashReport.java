package cn.onecard.engine.bench.crash;

import cn.onecard.engine.bench.BenchFailed;
import cn.onecard.engine.bench.Machine;
import cn.onecard.wire.proto.Outcome;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What a crash run counted, as a table that a person reads and as JSON. */
public final class CrashReport {
    private final CrashSettings settings;
    private final List<Tally.Counts> phases;
    private final BrokenPromises broken;
    private final Machine machine;
    private final String database;

    CrashReport(CrashSettings settings, List<Tally.Counts> phases, BrokenPromises broken, Machine machine, String database) {
        this.settings = settings;
        this.phases = List.copyOf(phases);
        this.broken = broken;
        this.machine = machine;
        this.database = database;
    }

    /** Accepts the run only if nothing was broken.
     *
     *  @throws BenchFailed that says what was */
    public void requireKept() {
        if (broken.count() > 0) {
            throw new BenchFailed(broken.count() + (broken.count() == 1 ? " promise was broken: " : " promises were broken: ") + broken.first().getFirst() + (broken.count() > 1 ? ", ..." : ""));
        }
    }

    /** The table. */
    public String table() {
        StringBuilder out = new StringBuilder();
        out.append("machine    %d cores, %d MiB, %s, load %s%n".formatted(machine.cores(), machine.memoryMebibytes(), machine.processor(), machine.load()));
        out.append("           %s; %s%n".formatted(machine.system(), database));
        out.append("seed       %d%n%n".formatted(settings.seed()));
        line(out, "", Tally.Counts::name);
        figure(out, "kills", counts -> (long) counts.kills());
        figure(out, "taps sent", Tally.Counts::taps);
        figure(out, "  repetitions included", Tally.Counts::sends);
        figure(out, "acknowledged", Tally.Counts::acknowledged);
        for (Outcome outcome : outcomes()) {
            figure(out, "  " + outcome.name().toLowerCase(Locale.ROOT), counts -> counts.outcomes().getOrDefault(outcome, 0L));
        }
        figure(out, "longest silence, ms", counts -> TimeUnit.NANOSECONDS.toMillis(counts.longestGapNanos()));
        figure(out, "rows of the journal", Tally.Counts::rows);
        figure(out, "rows of evidence", Tally.Counts::evidence);
        figure(out, "fen sent", Tally.Counts::fenSent);
        figure(out, "fen booked", Tally.Counts::fenBooked);
        settings.rig().url().ifPresent(url -> out.append(
                "%nThe database is an external one: it was not killed, and only rows of this run's terminals were looked at.%n".formatted()));
        out.append(broken.count() == 0
                ? "%nEvery tap acknowledged is in the journal once, so is every tap sent, and nothing else is; the fen agree.%n".formatted()
                : "%n%,d promises were broken, the first of them:%n  %s%n".formatted(broken.count(), String.join("%n  ".formatted(), broken.first())));
        return out.toString();
    }

    /** Writes the counts as JSON. */
    public void write(Path file) throws IOException {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("seed", settings.seed());
        ObjectNode all = root.putObject("phases");
        for (Tally.Counts counts : phases) {
            ObjectNode phase = all.putObject(counts.name().replace(' ', '_'));
            phase.put("kills", counts.kills()).put("taps_sent", counts.taps()).put("sends", counts.sends()).put("acknowledged", counts.acknowledged());
            ObjectNode outcomes = phase.putObject("outcomes");
            new TreeMap<>(counts.outcomes()).forEach((outcome, count) -> outcomes.put(outcome.name(), count));
            phase.put("longest_silence_ms", TimeUnit.NANOSECONDS.toMillis(counts.longestGapNanos()));
            phase.put("rows", counts.rows()).put("evidence", counts.evidence()).put("fen_sent", counts.fenSent()).put("fen_booked", counts.fenBooked());
        }
        ObjectNode promises = root.putObject("broken_promises").put("count", broken.count());
        ArrayNode first = promises.putArray("first");
        broken.first().forEach(first::add);
        root.put("database_killed", settings.rig().url().isEmpty());
        machine.write(file, root, database);
    }

    private Iterable<Outcome> outcomes() {
        TreeSet<Outcome> seen = new TreeSet<>();
        phases.stream().map(Tally.Counts::outcomes).map(Map::keySet).forEach(seen::addAll);
        return seen;
    }

    private void figure(StringBuilder out, String name, Function<Tally.Counts, Long> value) {
        line(out, name, counts -> "%,d".formatted(value.apply(counts)));
    }

    private void line(StringBuilder out, String name, Function<Tally.Counts, String> value) {
        out.append("%-24s".formatted(name));
        phases.forEach(counts -> out.append("%25s".formatted(value.apply(counts))));
        out.append("%n".formatted());
    }
}
