package cn.onecard.engine.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.HdrHistogram.Histogram;

/** What the figures were measured on.
 *
 *  @param cores processors that this JVM may use
 *  @param memoryMebibytes memory of the machine
 *  @param processor its model
 *  @param load the three load averages when the run began: above 0.5 the machine was not quiet
 *  @param system operating system and version of Java
 *  @param syncP50Nanos time of writing and syncing 4 KiB to the disk of the data folder, median
 *  @param syncP99Nanos the same, of 100 the second longest */
public record Machine(int cores, long memoryMebibytes, String processor, String load, String system, long syncP50Nanos, long syncP99Nanos) {
    private static final int SYNCS = 200;
    private static final int BLOCK_BYTES = 4096;
    private static final long LONGEST_NANOS = 10_000_000_000L;

    /** Writes a report as JSON, with this machine in it.
     *
     *  @param database that was measured */
    public void write(Path file, ObjectNode report, String database) throws IOException {
        report.putObject("machine").put("cores", cores).put("memory_mb", memoryMebibytes).put("processor", processor)
                .put("load", load).put("system", system).put("database", database)
                .put("sync_p50_ms", millis(syncP50Nanos)).put("sync_p99_ms", millis(syncP99Nanos));
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), report);
    }

    private static BigDecimal millis(long nanos) {
        return BigDecimal.valueOf(nanos, 6).setScale(3, RoundingMode.HALF_UP);
    }

    /** Looks at the machine.
     *
     *  @param folder on the disk that is written to */
    public static Machine look(Path folder) throws IOException {
        Histogram syncs = syncs(folder);
        return new Machine(Runtime.getRuntime().availableProcessors(), readMemory(), readProcessor(), readLoad(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", Java " + Runtime.version(),
                syncs.getValueAtPercentile(50), syncs.getValueAtPercentile(99));
    }

    private static Histogram syncs(Path folder) throws IOException {
        Histogram histogram = new Histogram(LONGEST_NANOS, 3);
        Path file = Files.createTempFile(folder, "sync", ".tmp");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
            for (int i = 0; i < SYNCS; i++) {
                long start = System.nanoTime();
                channel.write(block.clear());
                channel.force(false);
                histogram.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - start));
            }
        }
        Files.delete(file);
        return histogram;
    }

    private static long readMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc/meminfo")).stream().filter(line -> line.startsWith("MemTotal:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).findFirst().orElse(0);
    }

    public static String readLoad() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).replaceAll(" \\d+/.*", "").strip();
    }

    public static String readProcessor() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream().filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2)).findFirst().orElse("unknown");
    }
}
