package cn.onecard.settlement.book;

import cn.onecard.settlement.day.Progress;
import cn.onecard.settlement.day.SettlementFailure;
import cn.onecard.settlement.net.NettedDay;
import cn.onecard.settlement.payout.DayFiles;
import cn.onecard.settlement.payout.Manifest;
import cn.onecard.settlement.payout.PayoutFile;
import cn.onecard.settlement.payout.Publishing;
import cn.onecard.settlement.payout.SealKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;

/** Writes a day's files again, beside their place, and compares them byte for byte with those that were published and with what
 *  the books say of them; then checks the signature with the public key. */
public final class FileCheck {
    private final DSLContext dsl;
    private final Progress progress;
    private final Path root;
    private final SealKey key;

    /** A check.
     *
     *  @param root the folder that holds a folder for each date */
    public FileCheck(DSLContext dsl, Progress progress, Path root, SealKey key) {
        this.dsl = dsl;
        this.progress = progress;
        this.root = root;
        this.key = key;
    }

    void check(NettedDay day, Discrepancies found) {
        Path folder = Publishing.folder(root, day.date());
        try {
            if (!Files.isDirectory(folder)) {
                found.add("the folder " + folder + " is missing");
                return;
            }
            Path again = Publishing.emptyFolder(root.resolve("." + day.date() + ".verify"));
            List<PayoutFile> files = new DayFiles(dsl, progress).write(day, again);
            compareWithBooks(day, files, found);
            compareFolders(again, folder, found);
            checkSignature(folder, found);
            Publishing.deleteFolder(again);
        } catch (IOException e) {
            throw new SettlementFailure("the files of " + day.date() + " cannot be compared: " + e, e);
        }
    }

    private void compareWithBooks(NettedDay day, List<PayoutFile> files, Discrepancies found) {
        List<PayoutFile> books = Publishing.listFiles(dsl, day.date());
        Set<String> names = books.stream().map(PayoutFile::name).collect(Collectors.toSet());
        for (PayoutFile file : files) {
            if (!books.contains(file)) {
                found.add("file " + file.name() + (names.contains(file.name()) ? " has another hash in the books" : " is not in the books"));
            }
        }
    }

    private static void compareFolders(Path again, Path folder, Discrepancies found) throws IOException {
        Set<String> names = new TreeSet<>(names(again));
        names.addAll(names(folder));
        names.remove(Manifest.SIGNATURE);
        for (String name : names) {
            if (!Files.exists(again.resolve(name))) {
                found.add("file " + name + " does not belong to the day");
            } else if (!Files.exists(folder.resolve(name))) {
                found.add("file " + name + " is missing");
            } else {
                long at = Files.mismatch(again.resolve(name), folder.resolve(name));
                if (at >= 0) {
                    found.add("file " + name + " differs from what the books give, from byte " + at + " on");
                }
            }
        }
    }

    private void checkSignature(Path folder, Discrepancies found) throws IOException {
        Path manifest = folder.resolve(Manifest.NAME);
        Path signature = folder.resolve(Manifest.SIGNATURE);
        if (!Files.exists(signature)) {
            found.add("file " + Manifest.SIGNATURE + " is missing");
        } else if (Files.exists(manifest) && !key.verifies(Files.readAllBytes(manifest), Files.readAllBytes(signature))) {
            found.add("file " + Manifest.SIGNATURE + " is not the signature over " + Manifest.NAME);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
