package cn.onecard.settlement.payout;

import cn.onecard.settlement.day.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is complete and on disk, and how many rows (or transfers) it holds. */
record WrittenFile(PayoutFile file, long rows) {
    /** Takes stock of a file that has just been written. */
    static WrittenFile complete(Path path, long rows) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        return new WrittenFile(new PayoutFile(path.getFileName().toString(), Files.size(path), Sha256.hashFile(path)), rows);
    }
}
