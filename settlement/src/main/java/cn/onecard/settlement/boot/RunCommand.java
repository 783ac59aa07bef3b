package cn.onecard.settlement.boot;

import cn.onecard.settlement.day.Progress;
import cn.onecard.settlement.flow.NightReport;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Settles a business date. */
@Command(name = "run", description = "Closes, seals, clears, nets and publishes a business date; run again, it goes on where it stopped.")
final class RunCommand implements Callable<Integer> {
    @Mixin
    private final DataOption data = new DataOption();

    @Mixin
    private final DateOption day = new DateOption();

    @Option(names = "--progress", description = "Print a line of JSON for each step.")
    private boolean progress;   // written by picocli

    @Option(names = "--report", paramLabel = "FILE", description = "Write what the night came to as JSON.")
    private @Nullable Path report;   // written by picocli

    @Override
    public Integer call() throws IOException {
        try (Books books = Books.open(data.directory); FileLock lock = books.lockFolder()) {
            NightReport night = books.night(progress ? ProgressLines.on(System.out) : Progress.SILENT).run(day.date());
            ReportView view = new ReportView(night, books.dsl());
            Optional<Path> file = Optional.ofNullable(report);
            if (file.isPresent()) {
                Files.writeString(file.get(), view.json());
            }
            if (!progress) {
                System.out.print(view.text());
            }
            return lock.isValid() ? 0 : 1;
        }
    }
}
