package cn.onecard.settlement.payout;

import cn.onecard.settlement.day.Parties;
import cn.onecard.settlement.day.Progress;
import cn.onecard.settlement.day.SettlementFailure;
import cn.onecard.settlement.day.Stage;
import cn.onecard.settlement.net.NettedDay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;

/** Writes all files of a day but the signature into a folder. What they say follows from the books alone; the only clock in them
 *  is the time at which the day was closed. */
public final class DayFiles {
    private final DSLContext dsl;
    private final Progress progress;

    public DayFiles(DSLContext dsl, Progress progress) {
        this.dsl = dsl;
        this.progress = progress;
    }

    /** Writes the files, the manifest last.
     *
     *  @param folder exists and is empty */
    public List<PayoutFile> write(NettedDay day, Path folder) {
        try {
            List<WrittenFile> files = new ArrayList<>(new Statements(dsl).write(day, folder));
            told("statements", files);
            files.add(new DoubtfulTaps(dsl).write(day.date(), folder));
            told("refused and suspect", files);
            files.add(new FindingList(dsl).write(day.date(), folder));
            told("findings", files);
            files.add(DayLists.payments(day, folder));
            files.add(DayLists.trialBalance(day, folder));
            told("payments by service, trial balance", files);
            new CreditTransferFile(Parties.load(dsl)).write(day, folder).ifPresent(files::add);
            told("payments", files);
            files.add(Manifest.write(day, files, folder));
            told("manifest", files);
            return files.stream().map(WrittenFile::file).toList();
        } catch (IOException e) {
            throw new SettlementFailure("the files of " + day.date() + " cannot be written: " + e.getMessage(), e);
        }
    }

    private void told(String step, List<WrittenFile> files) {
        progress.reached(Stage.PUBLISHED, step, files.size(), 0);
    }
}
