package cn.onecard.terminal.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The spool on a real disk. */
class FileSpoolTest extends SpoolContract {
    @TempDir
    private Path folder;

    @Override
    SpoolDisk disk() throws IOException {
        return new FileSpoolDisk(folder.resolve("spool"));
    }

    @Test
    void settled_threadIsInterrupted_spoolStaysOpen() throws Exception {
        try (Spool spool = Spool.open(disk(), SMALL)) {
            Thread.currentThread().interrupt();
            spool.settled(Frames.paid(1, 1));
            assertThat(Thread.interrupted()).isTrue();
            spool.settled(Frames.paid(1, 2));
            assertThat(frames(spool)).hasSize(2);
        }
    }

    @Test
    void open_unfinishedFileOfACrash_isIgnored() throws Exception {
        disk();
        Files.write(folder.resolve("spool").resolve("0000000000000000001.seg.new"), new byte[100]);
        try (Spool spool = Spool.open(disk(), SMALL)) {
            spool.settled(Frames.paid(1, 1));
            assertThat(frames(spool)).hasSize(1);
        }
    }
}
