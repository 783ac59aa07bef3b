package cn.onecard.settlement.book;

import static cn.onecard.sql.tables.clearing.Tables.PSAM_SEAL;

import cn.onecard.settlement.day.DayRun;
import cn.onecard.settlement.day.Progress;
import cn.onecard.settlement.day.Sha256;
import cn.onecard.settlement.seal.JournalReader;
import cn.onecard.settlement.seal.JournalSeal;
import cn.onecard.settlement.seal.PsamSeal;
import cn.onecard.settlement.seal.Sealing;
import cn.onecard.vocabulary.Money;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jooq.DSLContext;

/** Seals the journal again, every column of every row, and compares with the seal in the books. */
final class SealCheck {
    private final DSLContext dsl;
    private final Progress progress;

    SealCheck(DSLContext dsl, Progress progress) {
        this.dsl = dsl;
        this.progress = progress;
    }

    /** Checks the seal of a day.
     *
     *  @param named terminals of which a row has been named already */
    void check(DayRun run, Set<Long> named, Discrepancies found) {
        JournalSeal seal = new JournalReader(dsl, progress, Sealing.RANGE_ROWS).seal(run.date());
        Map<Long, PsamSeal> stored = new TreeMap<>();
        dsl.selectFrom(PSAM_SEAL).where(PSAM_SEAL.BUSINESS_DATE.eq(run.date())).forEach(row -> stored.put(row.getPsamNo().value(),
                new PsamSeal(row.getPsamNo().value(), row.getTapCount(), Money.ofFen(row.getAmountFen()), Sha256.ofValue(row.getRoot()))));
        for (PsamSeal psam : seal.psams()) {
            PsamSeal before = stored.remove(psam.psamNo());
            if (before == null) {
                found.add("PSAM " + Verification.hex(psam.psamNo()) + ": " + psam.tapCount() + " taps stand in the ledger, the seal knows none");
            } else if (!before.equals(psam) && !named.contains(psam.psamNo())) {
                found.add("PSAM " + Verification.hex(psam.psamNo())
                        + ": the seal does not match; a row differs in a column that only the seal covers (TAC, times, accounts, versions)");
            } else if (!before.equals(psam)) {
                found.add("PSAM " + Verification.hex(psam.psamNo()) + ": the ledger has " + psam.tapCount() + " taps and " + psam.amount()
                        + ", the seal " + before.tapCount() + " taps and " + before.amount() + ", with another root");
            }
        }
        stored.values().forEach(before -> found.add("PSAM " + Verification.hex(before.psamNo()) + ": the seal has "
                + before.tapCount() + " taps, the ledger none"));
        if (!seal.root().equals(run.root())) {
            found.add("the Merkle root of " + run.date() + " is " + seal.root() + " by the ledger and " + run.root() + " in the books");
        }
        if (seal.tapCount() != run.tapCount() || !seal.accepted().equals(run.accepted()) || !seal.suspense().equals(run.suspense())) {
            found.add("the ledger has " + seal.tapCount() + " taps, " + seal.accepted() + " accepted and " + seal.suspense()
                    + " in suspense; the books have " + run.tapCount() + ", " + run.accepted() + " and " + run.suspense());
        }
    }
}
