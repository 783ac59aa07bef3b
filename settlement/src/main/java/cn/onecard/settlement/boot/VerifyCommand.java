package cn.onecard.settlement.boot;

import cn.onecard.settlement.book.Discrepancies;
import cn.onecard.settlement.day.Progress;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Verifies a settled business date. */
@Command(name = "verify", description = "Recomputes a published business date from the ledger and says whether it is equal; exit code 1 and the places if not.")
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private final DataOption data = new DataOption();

    @Mixin
    private final DateOption day = new DateOption();

    @Option(names = "--progress", description = "Print a line of JSON for each step.")
    private boolean progress;   // written by picocli

    @Override
    public Integer call() throws IOException {
        try (Books books = Books.open(data.directory); FileLock lock = books.lockFolder()) {
            Discrepancies found = books.night(progress ? ProgressLines.on(System.out) : Progress.SILENT).verify(day.date());
            if (found.isEmpty() && lock.isValid()) {
                System.out.println("equal");
                return 0;
            }
            found.lines().forEach(System.out::println);
            long more = found.count() - found.lines().size();
            if (more > 0) {
                System.out.println("and " + more + " more");
            }
            System.err.println("business date " + day.date() + " is not equal: " + found.count() + " differences");
            return 1;
        }
    }
}
