package cn.onecard.engine.bench.crowd;

import cn.onecard.engine.bench.BenchFailed;
import cn.onecard.engine.bench.CoreFigures;
import cn.onecard.engine.bench.Rig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Watches the memory of a core while something goes on: resident memory as the kernel counts it, and used heap as the core's own
 *  metrics say. Looks a few times a second and keeps the most. */
final class CoreMemory implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(250);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Rig.RunningCore core;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Thread watcher;
    private long residentMebibytes;         // written by the watcher, read after it has ended
    private long heapMebibytes;             // the same
    private Optional<IOException> failure = Optional.empty();      // the same

    private CoreMemory(Rig.RunningCore core) {
        this.core = core;
        this.watcher = Thread.ofPlatform().name("memory watcher").daemon().unstarted(this::watch);
    }

    /** The most memory there was.
     *
     *  @param residentMebibytes of the process
     *  @param heapMebibytes of Java objects, those included that the collector had not yet removed */
    record Peak(long residentMebibytes, long heapMebibytes) {}

    /** Begins to watch. */
    static CoreMemory watch(Rig.RunningCore core) {
        CoreMemory memory = new CoreMemory(core);
        memory.watcher.start();
        return memory;
    }

    /** Ends watching. */
    Peak peak() throws IOException {
        close();
        if (failure.isPresent()) {
            throw failure.get();
        }
        return new Peak(residentMebibytes, heapMebibytes);
    }

    @Override
    public void close() {
        watcher.interrupt();
        try {
            watcher.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailed("interrupted", e);
        }
        client.close();
    }

    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                residentMebibytes = Math.max(residentMebibytes, CoreFigures.mebibytes(core.process().pid(), "VmRSS:"));
                heapMebibytes = Math.max(heapMebibytes, readHeap());
                Thread.sleep(PERIOD);
            }
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            failure = Optional.of(e);
        }
    }

    private long readHeap() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + core.httpPort() + "/metrics")).timeout(TIMEOUT).build();
        return client.send(request, HttpResponse.BodyHandlers.ofLines()).body()
                .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                .mapToLong(line -> Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))).sum() >> 20;
    }

    /** Fails if a process may not open that many files; connections are files.
     *
     *  @param whose for the message */
    static void needFiles(long pid, String whose, int needed) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "limits"))) {
            if (line.startsWith("Max open files")) {
                String soft = line.replaceAll("Max open files\\s+(\\S+).*", "$1");
                if (!soft.equals("unlimited") && Long.parseLong(soft) < needed) {
                    throw new BenchFailed(whose + " may open " + soft + " files and needs " + needed + ": allow more (ulimit -n) or try fewer --connections");
                }
            }
        }
    }
}
