package cn.onecard.terminal.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The spool's folder on a real disk.
 *
 *  <p>{@link RandomAccessFile} and not {@link FileChannel}: a channel closes itself for all its users when one of their threads
 *  is interrupted. */
public final class FileSpoolDisk implements SpoolDisk {
    private static final String UNFINISHED = ".new";

    private final Path folder;

    /** The folder is made if it is not there. */
    public FileSpoolDisk(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(UNFINISHED)).sorted().toList();
        }
    }

    @Override
    public SpoolFile create(String name, int bytes) throws IOException {
        writeDurably(name, new byte[bytes]);
        return open(name);
    }

    @Override
    public SpoolFile open(String name) throws IOException {
        Path path = folder.resolve(name);
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        return new OpenFile(new RandomAccessFile(path.toFile(), "rw"));
    }

    @Override
    public void delete(String name) throws IOException {
        Files.delete(folder.resolve(name));
    }

    @Override
    public void replace(String name, byte[] content) throws IOException {
        writeDurably(name, content);
    }

    @Override
    public Optional<byte[]> find(String name) throws IOException {
        Path path = folder.resolve(name);
        return Files.exists(path) ? Optional.of(Files.readAllBytes(path)) : Optional.empty();
    }

    /** Writes beside the name, syncs, renames, and syncs the folder: the name never stands on a part of the content. */
    private void writeDurably(String name, byte[] content) throws IOException {
        Path unfinished = folder.resolve(name + UNFINISHED);
        try {
            try (RandomAccessFile file = new RandomAccessFile(unfinished.toFile(), "rw")) {
                file.setLength(0);
                file.write(content);
                file.getFD().sync();
            }
            Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException noRoom) {
            Files.deleteIfExists(unfinished);
            throw noRoom;
        }
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    /** A file that is open for reading and writing. */
    private static final class OpenFile implements SpoolFile {
        private final RandomAccessFile file;

        private OpenFile(RandomAccessFile file) {
            this.file = file;
        }

        @Override
        public synchronized int length() throws IOException {
            return Math.toIntExact(file.length());
        }

        @Override
        public synchronized byte[] read(int offset, int count) throws IOException {
            byte[] bytes = new byte[count];
            file.seek(offset);
            int filled = 0;
            int read = 0;
            while (filled < count && read >= 0) {
                filled += read;
                read = file.read(bytes, filled, count - filled);
            }
            return filled == count ? bytes : Arrays.copyOf(bytes, filled);
        }

        @Override
        public synchronized void write(int offset, byte[] bytes) throws IOException {
            file.seek(offset);
            file.write(bytes);
        }

        /** Not under the file's monitor: others may write and read while the disk syncs. */
        @Override
        public void force() throws IOException {
            file.getFD().sync();
        }

        @Override
        public synchronized void close() throws IOException {
            file.close();
        }
    }
}
