package cn.onecard.settlement.boot;

import cn.onecard.settlement.day.DayRun;
import cn.onecard.settlement.day.Progress;
import cn.onecard.settlement.flow.Night;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the business dates. */
@Command(name = "status", description = "Lists the business dates, how far each has come, and its totals.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private final DataOption data = new DataOption();

    @Override
    public Integer call() {
        try (Books books = Books.open(data.directory)) {
            Night night = books.night(Progress.SILENT);
            System.out.printf("%-10s  %-9s  %-23s  %12s  %15s  %15s  %4s  %s%n", "date", "stage", "closed at (UTC)", "taps", "accepted yuan",
                    "suspense yuan", "fees", "Merkle root");
            for (DayRun run : night.listDays()) {
                System.out.printf("%-10s  %-9s  %-23s  %12d  %15s  %15s  %4d  %s%n", run.date(), run.stage().name().toLowerCase(Locale.ROOT),
                        run.closedAt(), run.tapCount(), run.accepted().yuan(), run.suspense().yuan(), run.feeVersion(),
                        run.root().hex().substring(0, 16));
            }
            System.out.printf("%-10s  open%n", night.openDate());
            return 0;
        }
    }
}
