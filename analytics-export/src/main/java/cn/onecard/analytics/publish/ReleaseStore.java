package cn.onecard.analytics.publish;

import cn.onecard.vocabulary.BusinessDate;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The releases on disk, one folder a day. A release appears whole, by a rename, and never changes afterwards: a second release
 *  of the same people would let the difference speak. */
public final class ReleaseStore {
    /** Name of the manifest in the folder of a release. */
    public static final String MANIFEST = "manifest.json";

    private final Path root;

    /** The store in this folder. */
    public ReleaseStore(Path root) {
        this.root = root;
    }

    /** The release of a day, if there is one.
     *
     *  @throws ReleaseRefused if a file is no longer what its manifest says */
    public Optional<Manifest> find(BusinessDate day) throws IOException {
        Path folder = folder(day);
        if (!Files.exists(folder.resolve(MANIFEST))) {
            return Optional.empty();
        }
        Manifest manifest = Manifest.read(folder.resolve(MANIFEST));
        for (Manifest.Entry entry : manifest.files()) {
            Path file = folder.resolve(entry.name());
            if (!Files.exists(file) || !Manifest.sha256(file).equals(entry.sha256())) {
                throw new ReleaseRefused("the stored file " + file + " is not what was released");
            }
        }
        return Optional.of(manifest);
    }

    /** The manifests of all releases, oldest day first. The files behind them are not read. */
    public List<Manifest> listReleases() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<Path> manifests;
        try (Stream<Path> folders = Files.list(root)) {
            manifests = folders.filter(ReleaseStore::isDay).map(folder -> folder.resolve(MANIFEST)).filter(Files::exists).sorted().toList();
        }
        List<Manifest> releases = new ArrayList<>();
        for (Path manifest : manifests) {
            releases.add(Manifest.read(manifest));
        }
        return releases;
    }

    /** The file of a release that was made known under this name: one of its manifest, or the manifest. */
    public Optional<StoredFile> findFile(String day, String name) throws IOException {
        for (Manifest release : listReleases()) {
            if (release.period().equals(day)) {
                Path file = root.resolve(day).resolve(name);
                if (name.equals(MANIFEST)) {
                    return Optional.of(new StoredFile(file, Manifest.sha256(file)));
                }
                return release.files().stream().filter(entry -> entry.name().equals(name)).findFirst()
                        .map(entry -> new StoredFile(file, entry.sha256()));
            }
        }
        return Optional.empty();
    }

    /** A file of a release.
     *
     *  @param path   where it lies
     *  @param sha256 digest of its bytes, hex */
    public record StoredFile(Path path, String sha256) {}

    /** Does work that makes a release while no other process does. */
    public <T> T alone(Work<T> work) throws IOException {
        Files.createDirectories(root);
        try (FileChannel channel = FileChannel.open(root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!lock.isValid()) {
                throw new IOException("cannot lock " + root);
            }
            return work.run();
        }
    }

    /** What makes a release. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException;
    }

    /** An empty folder to write a release into. What an interrupted run left there is gone. */
    public Path stage(BusinessDate day) throws IOException {
        Path staging = root.resolve(".staging-" + day);
        if (Files.exists(staging)) {
            try (Stream<Path> left = Files.walk(staging)) {
                for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        return Files.createDirectories(staging);
    }

    /** Makes a verified release the release of its day. There must be none yet. */
    public Manifest store(VerifiedRelease release) throws IOException {
        StagedRelease staged = release.staged();
        Files.move(staged.folder(), folder(staged.day()), StandardCopyOption.ATOMIC_MOVE);
        return Manifest.read(folder(staged.day()).resolve(MANIFEST));
    }

    /** The folder of a day's release. */
    public Path folder(BusinessDate day) {
        return root.resolve(day.toString());
    }

    /** The media type that goes with the end of a file name. */
    public static String mediaType(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "csv" -> "application/vnd.sdmx.data+csv;version=2.0.0";
            case "parquet" -> "application/vnd.apache.parquet";
            case "json" -> "application/json";
            default -> "application/octet-stream";
        };
    }

    private static boolean isDay(Path folder) {
        try {
            BusinessDate.parse(String.valueOf(folder.getFileName()));
            return true;
        } catch (DateTimeParseException notADay) {
            return false;
        }
    }
}
