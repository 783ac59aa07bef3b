package cn.onecard.settlement.boot;

import cn.onecard.settlement.collect.ClosedDay;
import cn.onecard.settlement.day.Progress;
import cn.onecard.settlement.flow.Night;
import cn.onecard.vocabulary.BusinessDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Closes the open business date. */
@Command(name = "close", description = "Closes the open business date while postings go on.")
final class CloseCommand implements Callable<Integer> {
    @Mixin
    private final DataOption data = new DataOption();

    @Mixin
    private final DateOption day = new DateOption();

    @Override
    public Integer call() {
        try (Books books = Books.open(data.directory)) {
            Night night = books.night(Progress.SILENT);
            BusinessDate openBefore = night.openDate();
            ClosedDay closed = night.close(day.date());
            boolean now = closed.date().equals(openBefore);
            System.out.println("business date " + closed.date() + (now ? " is closed, at " : " was closed already, at ") + closed.closedAt() + "Z; open is "
                    + night.openDate());
            return 0;
        }
    }
}
