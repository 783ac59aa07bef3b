package cn.onecard.terminal.hotlist;

import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.TerminalId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Listed cards that were met and are to be reported (锁卡记录): lines of a file, each forced to the disk. A line that a power cut left unfinished
 *  is passed over. One thread. */
public final class LockedReports {
    private static final int FIELDS = 5;

    private final Path file;

    /** @param file made with the first report */
    public LockedReports(Path file) {
        this.file = file;
    }

    /** A listed card that was met.
     *
     *  @param key by which the core knows the report again
     *  @param isBlocked whether the application is blocked on the card now */
    public record Report(String key, TerminalId terminal, CardNo card, EventTime at, boolean isBlocked) {
        private String line() {
            return String.join(",", key, terminal.hex(), card.digits(), Long.toHexString(at.bcd()), isBlocked ? "blocked" : "refused") + "\n";
        }
    }

    /** Keeps a report. */
    public void add(Report report) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer line = ByteBuffer.wrap(report.line().getBytes(StandardCharsets.US_ASCII));
            while (line.hasRemaining()) {
                out.write(line);
            }
            out.force(true);
        }
    }

    /** The reports that wait, in their order. */
    public List<Report> list() throws IOException {
        List<Report> reports = new ArrayList<>();
        if (Files.exists(file)) {
            String all = Files.readString(file, StandardCharsets.US_ASCII);
            for (String line : all.substring(0, all.lastIndexOf('\n') + 1).split("\n", -1)) {
                String[] fields = line.split(",", -1);
                if (fields.length == FIELDS) {
                    reports.add(new Report(fields[0], TerminalId.ofHex(fields[1]), CardNo.ofDigits(fields[2]), new EventTime(Long.parseLong(fields[3], 16)),
                            fields[4].equals("blocked")));
                }
            }
        }
        return reports;
    }

    /** Forgets reports that the core has. */
    public void forget(List<Report> sent) throws IOException {
        Set<Report> left = new LinkedHashSet<>(list());
        sent.forEach(left::remove);
        StringBuilder lines = new StringBuilder();
        left.forEach(report -> lines.append(report.line()));
        WholeFile.put(file, ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.US_ASCII)));
    }
}
