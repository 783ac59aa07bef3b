package cn.onecard.settlement.payout;

import static cn.onecard.sql.tables.clearing.Tables.DAY_FILE;

import cn.onecard.settlement.day.DayRuns;
import cn.onecard.settlement.day.Progress;
import cn.onecard.settlement.day.SettlementFailure;
import cn.onecard.settlement.day.Sha256;
import cn.onecard.settlement.day.Stage;
import cn.onecard.settlement.net.NettedDay;
import cn.onecard.vocabulary.BusinessDate;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;

/** Publishes netted days: one folder a business date.
 *
 *  <p>The files are written beside their place, synced, signed, and then moved there at once, so that a folder with a date for a name is
 *  complete. The books learn of them last. A day that is published already is written again and must come out the same; then
 *  files that were lost or changed are put back. */
public final class Publishing {
    private final DSLContext dsl;
    private final Progress progress;
    private final Path root;
    private final SealKey key;

    /** A publisher.
     *
     *  @param root the folder that holds a folder for each date */
    public Publishing(DSLContext dsl, Progress progress, Path root, SealKey key) {
        this.dsl = dsl;
        this.progress = progress;
        this.root = root;
        this.key = key;
    }

    /** Publishes a day.
     *
     *  @throws SettlementFailure if the day is published and its files would not be the same now */
    public PublishedDay publish(NettedDay day) {
        BusinessDate date = day.date();
        Path folder = folder(root, date);
        try {
            Path partial = emptyFolder(root.resolve("." + date + ".partial"));
            List<PayoutFile> files = writeSigned(day, partial);
            boolean published = new DayRuns(dsl).run(date).stage().hasPassed(Stage.PUBLISHED);
            if (published && !listFiles(dsl, date).equals(files)) {
                throw new SettlementFailure("the files of " + date + " would not be those that were published: "
                        + "./onecard settle verify --date " + date + " says why");
            }
            moveIntoPlace(partial, folder, files);
            progress.reached(Stage.PUBLISHED, "in place", files.size(), files.size());
            if (!published) {
                dsl.transaction(transaction -> write(transaction.dsl(), date, files));
                progress.reached(Stage.PUBLISHED, "published", 1, 1);
            }
            return new PublishedDay(day, folder, files);
        } catch (IOException e) {
            throw new SettlementFailure("the files of " + date + " cannot be published: " + e, e);
        }
    }

    /** The folder of a date. */
    public static Path folder(Path root, BusinessDate date) {
        return root.resolve(date.toString());
    }

    /** The files that were published for a date, in the order of their names. */
    public static List<PayoutFile> listFiles(DSLContext dsl, BusinessDate date) {
        return dsl.selectFrom(DAY_FILE).where(DAY_FILE.BUSINESS_DATE.eq(date)).fetch().stream()
                .map(row -> new PayoutFile(row.getFileName(), row.getByteCount(), Sha256.ofValue(row.getSha256())))
                .sorted(Comparator.comparing(PayoutFile::name)).toList();
    }

    /** Makes a folder, or empties it if it is there. */
    public static Path emptyFolder(Path folder) throws IOException {
        deleteFolder(folder);
        return Files.createDirectories(folder);
    }

    /** Deletes a folder and the files in it, if it is there. */
    public static void deleteFolder(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (Path file : list(folder)) {
                Files.delete(file);
            }
            Files.delete(folder);
        }
    }

    private List<PayoutFile> writeSigned(NettedDay day, Path partial) throws IOException {
        List<PayoutFile> files = new ArrayList<>(new DayFiles(dsl, progress).write(day, partial));
        Path signature = partial.resolve(Manifest.SIGNATURE);
        Files.write(signature, key.sign(Files.readAllBytes(partial.resolve(Manifest.NAME))));
        files.add(WrittenFile.complete(signature, 0).file());
        sync(partial);
        return files.stream().sorted(Comparator.comparing(PayoutFile::name)).toList();
    }

    private void moveIntoPlace(Path partial, Path folder, List<PayoutFile> files) throws IOException {
        if (Files.exists(folder)) {
            Set<String> names = files.stream().map(PayoutFile::name).collect(Collectors.toSet());
            for (PayoutFile file : files) {
                Files.move(partial.resolve(file.name()), folder.resolve(file.name()), StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
            for (Path file : list(folder)) {
                if (!names.contains(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
            sync(folder);
            Files.delete(partial);
        } else {
            Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
        }
        sync(root);
    }

    private static void write(DSLContext transaction, BusinessDate date, List<PayoutFile> files) {
        transaction.deleteFrom(DAY_FILE).where(DAY_FILE.BUSINESS_DATE.eq(date)).execute();
        for (PayoutFile file : files) {
            transaction.insertInto(DAY_FILE).set(DAY_FILE.BUSINESS_DATE, date).set(DAY_FILE.FILE_NAME, file.name())
                    .set(DAY_FILE.BYTE_COUNT, file.byteCount()).set(DAY_FILE.SHA256, file.sha256().bytes()).execute();
        }
        DayRuns.advance(transaction, date, Stage.PUBLISHED, Map.of());
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
