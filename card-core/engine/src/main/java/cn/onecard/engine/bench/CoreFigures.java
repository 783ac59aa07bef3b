package cn.onecard.engine.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** What a running core has spent so far, in nanoseconds: read from its own metrics, and from what the kernel counts for its threads.
 *
 *  @param transport processor time of the event loops: TLS, HTTP/2, protobuf, frames
 *  @param verify time of verification
 *  @param admit time of register, fare audit and admission
 *  @param encode processor time of the lanes, verification and admission taken off: duplicates, binding, the driver
 *  @param commits time of the transactions as a whole
 *  @param other processor time of all other threads: collector, compiler, start */
public record CoreFigures(long transport, long verify, long admit, long encode, long commits, long other) {
    /** Nothing spent. */
    public static final CoreFigures NONE = new CoreFigures(0, 0, 0, 0, 0, 0);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration POLL = Duration.ofMillis(100);
    /** A tick of the kernel's clock in /proc: 10 ms on every Linux of today. */
    private static final long TICK_NANOS = 10_000_000;
    /** Where utime and stime stand behind the thread's name in /proc/PID/stat. */
    private static final int UTIME = 11;

    /** Reads the figures of now. */
    public static CoreFigures read(Rig.RunningCore core) throws IOException {
        Map<String, Long> metrics = nanos(core.httpPort());
        long transport = 0;
        long encode = 0;
        long rest = 0;
        try (var tasks = Files.list(Path.of("/proc", Long.toString(core.process().pid()), "task"))) {
            for (Path task : tasks.toList()) {
                String stat;
                try {
                    stat = Files.readString(task.resolve("stat"));
                } catch (NoSuchFileException gone) {
                    continue;       // the thread has ended meanwhile
                }
                String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
                List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
                long nanos = (Long.parseLong(fields.get(UTIME)) + Long.parseLong(fields.get(UTIME + 1))) * TICK_NANOS;
                if (name.startsWith("vert.x-eventloo")) {
                    transport += nanos;
                } else if (name.startsWith("lane-")) {
                    encode += nanos;
                } else {
                    rest += nanos;
                }
            }
        }
        long verify = metrics.getOrDefault("onecard_stage_seconds_sum{stage=\"verify\"}", 0L);
        long admit = metrics.getOrDefault("onecard_stage_seconds_sum{stage=\"admit\"}", 0L);
        return new CoreFigures(transport, verify, admit, Math.max(0, encode - verify - admit),
                metrics.getOrDefault("onecard_commit_seconds_sum", 0L), rest);
    }

    /** What was spent since an earlier reading. */
    public CoreFigures since(CoreFigures earlier) {
        return new CoreFigures(transport - earlier.transport, verify - earlier.verify, admit - earlier.admit, encode - earlier.encode,
                commits - earlier.commits, other - earlier.other);
    }

    public CoreFigures plus(CoreFigures more) {
        return new CoreFigures(transport + more.transport, verify + more.verify, admit + more.admit, encode + more.encode,
                commits + more.commits, other + more.other);
    }

    /** Time in which a lane waited for the database. */
    public long databaseWait() {
        return Math.max(0, commits - encode);
    }

    /** The most memory that a process has had in RAM, in MiB. */
    public static long peakMebibytes(long pid) throws IOException {
        return mebibytes(pid, "VmHWM:");
    }

    /** What the kernel says about a process's memory, in MiB.
     *
     *  @param field of /proc/PID/status, with its colon */
    public static long mebibytes(long pid, String field) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith(field)) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        throw new BenchFailed("the kernel does not say how much memory process " + pid + " had");
    }

    /** Waits until a core has so many cards in memory. */
    public static void awaitCards(Rig.RunningCore core, long cards) throws IOException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (lines(core.httpPort(), "onecard_register_cards").getOrDefault("onecard_register_cards", 0.0) < cards) {
            if (System.nanoTime() > until) {
                throw new BenchFailed("the core has not read its " + cards + " cards within " + PATIENCE.toSeconds() + " s");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private static Map<String, Long> nanos(int httpPort) throws IOException {
        Map<String, Long> nanos = new TreeMap<>();
        lines(httpPort, "_seconds_sum").forEach((name, seconds) -> nanos.put(name, Math.round(seconds * 1e9)));
        return nanos;
    }

    private static Map<String, Double> lines(int httpPort, String part) throws IOException {
        Map<String, Double> values = new TreeMap<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/metrics")).timeout(TIMEOUT).build();
            client.send(request, HttpResponse.BodyHandlers.ofLines()).body()
                    .filter(line -> line.contains(part) && !line.startsWith("#"))
                    .forEach(line -> values.put(line.substring(0, line.lastIndexOf(' ')),
                            Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
            return values;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailed("interrupted", e);
        }
    }
}
