package cn.onecard.engine.rail.utility;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The billers of a folder, by name. */
public final class Billers implements AutoCloseable {
    private final Map<String, Biller> byName;

    private Billers(Map<String, Biller> byName) {
        this.byName = byName;
    }

    /** No billers. */
    public static Billers none() {
        return new Billers(Map.of());
    }

    /** Opens the way to every biller whose descriptor ({@code *.json}) stands in a folder. Nobody is called yet.
     *
     *  @throws IllegalArgumentException if a descriptor is none, naming file and fault */
    public static Billers open(Path folder, Clock clock) throws IOException {
        Map<String, Biller> byName = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".json")).sorted().toList()) {
                BillerDescriptor descriptor = BillerDescriptor.read(file);
                if (byName.put(descriptor.biller(), open(descriptor, folder, clock)) != null) {
                    throw new IllegalArgumentException(file + ": a second biller of the name " + descriptor.biller());
                }
            }
        }
        return new Billers(byName);
    }

    private static Biller open(BillerDescriptor descriptor, Path folder, Clock clock) throws IOException {
        return switch (descriptor.link()) {
            case Link.Https https -> new HttpsBiller(descriptor, https, folder, clock);
            case Link.Frames frames -> new FramesBiller(descriptor, frames, folder, clock);
            case Link.Sftp sftp -> new SftpBiller(descriptor, sftp, folder, clock);
        };
    }

    /** All of them, by name. */
    public Map<String, Biller> byName() {
        return Map.copyOf(byName);
    }

    @Override
    public void close() {
        byName.values().forEach(Biller::close);
    }
}
