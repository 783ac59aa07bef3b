package cn.onecard.engine.bench.crash;

import cn.onecard.vocabulary.TapKey;
import java.time.LocalDate;
import java.util.Optional;

/** Compares what the database holds with what was sent: takes every row, one after the other, and at the end says which promises
 *  are broken. Not thread-safe. */
final class JournalCheck {
    private final SentTaps sent;
    private final BrokenPromises broken;

    JournalCheck(SentTaps sent, BrokenPromises broken) {
        this.sent = sent;
        this.broken = broken;
    }

    /** A row of the journal.
     *
     *  @param date business date
     *  @param digest of the frame, hexadecimal
     *  @param reason 0, or why the tap is suspect */
    record JournalRow(LocalDate date, TapKey key, String digest, long amountFen, int reason) {}

    /** A row of evidence.
     *
     *  @param digest of the message, hexadecimal
     *  @param reason why it was refused */
    record EvidenceRow(TapKey key, String digest, long amountFen, int reason) {}

    /** Looks at a row of the journal. */
    void journal(JournalRow row) {
        Optional<SentTap> found = sent.findProven(row.key());
        if (found.isEmpty()) {
            broken.add("the journal holds tap " + row.key() + ", which was never sent or had to be refused");
            return;
        }
        SentTap tap = found.get();
        tap.found();
        tap.tally().booked(row.amountFen());
        if (tap.rows() > 1) {
            broken.add("tap " + row.key() + " is in the journal " + tap.rows() + " times, once on " + row.date());
        }
        if (row.amountFen() != tap.amountFen()) {
            broken.add("tap " + row.key() + " was sent with " + tap.amountFen() + " fen and booked with " + row.amountFen());
        }
        if (!row.digest().equals(tap.digest())) {
            broken.add("tap " + row.key() + " was booked with other content than it was sent with");
        }
        if (row.reason() != 0) {
            broken.add("tap " + row.key() + " was booked as suspect, reason " + row.reason());
        }
    }

    /** Looks at a row of evidence. */
    void evidence(EvidenceRow row) {
        Optional<SentTap> found = sent.findRefused(row.key(), row.digest());
        if (found.isEmpty()) {
            broken.add("the evidence holds a frame of tap " + row.key() + ", which was never sent or had to be booked");
            return;
        }
        SentTap tap = found.get();
        tap.found();
        tap.tally().kept();
        if (tap.rows() > 1) {
            broken.add("tap " + row.key() + ", " + tap.kind() + ", is kept " + tap.rows() + " times");
        }
        if (row.amountFen() != tap.amountFen() || row.reason() != tap.kind().reason()) {
            broken.add("tap " + row.key() + ", " + tap.kind() + ", is kept with " + row.amountFen() + " fen and reason " + row.reason());
        }
    }

    /** Looks for what was sent and is not there. */
    void end() {
        sent.forEach(tap -> {
            if (tap.rows() == 0) {
                broken.add("tap " + tap.key() + ", " + tap.kind() + ", was acknowledged and is "
                        + (tap.kind() == SentTap.Kind.TRUE ? "not in the journal" : "not kept as evidence"));
            }
        });
    }
}
