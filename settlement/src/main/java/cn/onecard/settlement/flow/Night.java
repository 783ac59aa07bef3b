package cn.onecard.settlement.flow;

import cn.onecard.settlement.book.Discrepancies;
import cn.onecard.settlement.book.FileCheck;
import cn.onecard.settlement.book.Verification;
import cn.onecard.settlement.clear.ClearedDay;
import cn.onecard.settlement.clear.Clearing;
import cn.onecard.settlement.collect.ClosedDay;
import cn.onecard.settlement.collect.Closing;
import cn.onecard.settlement.day.DayRun;
import cn.onecard.settlement.day.DayRuns;
import cn.onecard.settlement.day.Progress;
import cn.onecard.settlement.day.SettlementFailure;
import cn.onecard.settlement.day.Stage;
import cn.onecard.settlement.net.NettedDay;
import cn.onecard.settlement.net.Netting;
import cn.onecard.settlement.payout.PublishedDay;
import cn.onecard.settlement.payout.Publishing;
import cn.onecard.settlement.payout.SealKey;
import cn.onecard.settlement.seal.SealedDay;
import cn.onecard.settlement.seal.Sealing;
import cn.onecard.vocabulary.BusinessDate;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jooq.DSLContext;

/** The night of a business date: closed, sealed, cleared, netted, published. Every stage looks first whether it has been done, so a
 *  night that was interrupted anywhere is simply run again. */
public final class Night {
    private final DSLContext dsl;
    private final Closing closing;
    private final Sealing sealing;
    private final Clearing clearing;
    private final Netting netting;
    private final Publishing publishing;
    private final Verification verification;

    /** A night.
     *
     *  @param dataDir holds the folders {@code settlement} and {@code secrets}
     *  @param rangeRows rows of the journal that one transaction copies; {@link Sealing#RANGE_ROWS} but in tests */
    public Night(DSLContext dsl, Path dataDir, Clock clock, Progress progress, int rangeRows) {
        Path root = root(dataDir);
        SealKey key = new SealKey(dataDir.resolve("secrets"));
        this.dsl = dsl;
        this.closing = new Closing(dsl, clock, new SecureRandom(), progress);
        this.sealing = new Sealing(dsl, progress, rangeRows);
        this.clearing = new Clearing(dsl, progress);
        this.netting = new Netting(dsl, progress);
        this.publishing = new Publishing(dsl, progress, root, key);
        this.verification = new Verification(dsl, progress, new FileCheck(dsl, progress, root, key));
    }

    /** The folder that holds a folder for each settled date. */
    public static Path root(Path dataDir) {
        return dataDir.resolve("settlement");
    }

    /** The date that postings carry now. */
    public BusinessDate openDate() {
        return closing.openDate();
    }

    /** Closes a day, or finds it closed. */
    public ClosedDay close(BusinessDate date) {
        return closing.close(date);
    }

    /** Takes a day through the night, from wherever it stands.
     *
     *  @throws SettlementFailure if it cannot go on; what is done stays done */
    public NightReport run(BusinessDate date) {
        List<StageTime> times = new ArrayList<>();
        ClosedDay closed = timed(Stage.CLOSED, times, () -> closing.close(date));
        SealedDay sealed = timed(Stage.SEALED, times, () -> sealing.seal(closed));
        ClearedDay cleared = timed(Stage.CLEARED, times, () -> clearing.clear(sealed));
        NettedDay netted = timed(Stage.NETTED, times, () -> netting.net(cleared));
        PublishedDay published = timed(Stage.PUBLISHED, times, () -> publishing.publish(netted));
        return new NightReport(published, sealing.countFindings(sealed), times);
    }

    /** Recomputes a published day from the ledger.
     *
     *  @throws SettlementFailure if the day is not published */
    public Discrepancies verify(BusinessDate date) {
        DayRun run = new DayRuns(dsl).run(date);
        if (!run.stage().hasPassed(Stage.SEALED)) {
            throw new SettlementFailure("business date " + date + " is not published yet");
        }
        return verification.verify(sealing.seal(closing.close(date)));
    }

    /** Where every closed day stands, in the order of their dates. */
    public List<DayRun> listDays() {
        return new DayRuns(dsl).listRuns();
    }

    private static <T> T timed(Stage stage, List<StageTime> times, Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        times.add(new StageTime(stage, (System.nanoTime() - start) / 1_000_000));
        return result;
    }
}
