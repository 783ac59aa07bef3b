package cn.onecard.terminal.boot;

import cn.onecard.terminal.spool.FileSpoolDisk;
import cn.onecard.terminal.spool.Spool;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The spool of a data folder, held by this process alone: two processes that append to one file would destroy it. */
final class OpenSpool implements AutoCloseable {
    private final FileChannel lockFile;
    private final Spool spool;

    private OpenSpool(FileChannel lockFile, Spool spool) {
        this.lockFile = lockFile;
        this.spool = spool;
    }

    /** Opens it.
     *
     *  @throws IOException if another process has it, or it cannot be put in order */
    static OpenSpool open(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel lockFile = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = lockFile.tryLock();
            if (lock == null) {
                throw new IOException("the spool in " + folder + " is in use by another process");
            }
            return new OpenSpool(lockFile, Spool.open(new FileSpoolDisk(folder), Spool.Bounds.DEFAULT));
        } catch (IOException e) {
            lockFile.close();
            throw e;
        }
    }

    Spool spool() {
        return spool;
    }

    @Override
    public void close() throws IOException {
        try (lockFile) {
            spool.close();
        }
    }
}
