package cn.onecard.settlement.seal;

import static cn.onecard.sql.tables.clearing.Tables.CARD_FINDING;
import static cn.onecard.sql.tables.clearing.Tables.DAY_RUN;

import cn.onecard.settlement.collect.ClosedDay;
import cn.onecard.settlement.day.DayRuns;
import cn.onecard.settlement.day.Progress;
import cn.onecard.settlement.day.SettlementFailure;
import cn.onecard.settlement.day.Stage;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.Money;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.DSLContext;

/** Seals closed days.
 *
 *  <p><b>Interrupted.</b> The day is marked as sealed by the last transaction; before that, sealing starts again from the top. All it
 *  writes is an upsert of what follows from the closed journal and the day's salt, so writing it twice leaves the same rows.
 *
 *  <p><b>Size.</b> Rows stream through constant memory, and no transaction writes more rows than a range or a batch has. */
public final class Sealing {
    /** Rows of one transaction of the copy: what distributed engines take without complaint. */
    public static final int RANGE_ROWS = 50_000;

    private static final int BATCH_ROWS = 2_000;

    private static final String COPY = """
            INSERT INTO clearing.sealed_tap (business_date, card_no, card_counter, psam_no, psam_seq, amount_fen, full_fare_fen,
              balance_before_fen, event_at, reason_code, party_id, service_code, line_no, station_no, ride_kind, card_kind, district)
            SELECT j.business_date, j.card_no, j.card_counter, j.psam_no, j.psam_seq, j.amount_fen, j.full_fare_fen,
              j.balance_before_fen, j.event_at, j.reason_code, j.party_id, j.service_code, j.line_no, j.station_no, j.ride_kind,
              j.card_kind, COALESCE(p.district, '000000')
            FROM ledger.tap_journal j LEFT JOIN ledger.psam p ON p.psam_no = j.psam_no
            WHERE j.business_date = ? AND j.psam_no BETWEEN ? AND ?
              AND (j.psam_no > ? OR j.psam_seq >= ?) AND (j.psam_no < ? OR j.psam_seq <= ?)
            ORDER BY j.card_no, j.card_counter
            ON DUPLICATE KEY UPDATE district = VALUES(district)
            """;
    private static final String PSAM_SEAL_ROW = """
            INSERT INTO clearing.psam_seal (business_date, psam_no, tap_count, amount_fen, root) VALUES (?, ?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE tap_count = VALUES(tap_count), amount_fen = VALUES(amount_fen), root = VALUES(root)
            """;
    private static final String DAY_CARD_ROW = """
            INSERT INTO clearing.day_card (business_date, card_no, day_card_no, tap_count, amount_fen, last_counter, balance_after_fen)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE day_card_no = VALUES(day_card_no), tap_count = VALUES(tap_count),
              amount_fen = VALUES(amount_fen), last_counter = VALUES(last_counter), balance_after_fen = VALUES(balance_after_fen)
            """;
    private static final String FINDING_ROW = """
            INSERT INTO clearing.card_finding (business_date, card_no, card_counter, finding_code, expected, found)
            VALUES (?, ?, ?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE expected = VALUES(expected), found = VALUES(found)
            """;

    private final DSLContext dsl;
    private final Progress progress;
    private final int rangeRows;

    public Sealing(DSLContext dsl, Progress progress, int rangeRows) {
        this.dsl = dsl;
        this.progress = progress;
        this.rangeRows = rangeRows;
    }

    /** Seals a day. A day that is sealed already is only looked up.
     *
     *  @throws SettlementFailure if an earlier day is not sealed yet, or if what stands in the copy is not what was copied */
    public SealedDay seal(ClosedDay closed) {
        DayRuns runs = new DayRuns(dsl);
        BusinessDate date = closed.date();
        if (!runs.run(date).stage().hasPassed(Stage.SEALED)) {
            runs.requireEarlierDays(date, Stage.SEALED);     // chains of cards and accounts go from day to day
            JournalSeal seal = new JournalReader(dsl, progress, rangeRows).seal(date);
            copy(date, seal);
            checkCopy(date, seal);
            writePsamSeals(date, seal);
            writeCards(date, runs.cardSalt(date));
            writeFindings(date);
            PaymentSeal payments = PaymentSealing.seal(date, new EntryReader(dsl, progress), writer(PaymentSealing.accountRow(), "accounts"));
            PaymentSealing.checkContinuity(dsl, date);
            dsl.transaction(transaction -> {
                PaymentSealing.write(transaction.dsl(), date, payments);
                DayRuns.advance(transaction.dsl(), date, Stage.SEALED, Map.of(
                        DAY_RUN.TAP_COUNT, seal.tapCount(), DAY_RUN.ACCEPTED_FEN, seal.accepted().fen(),
                        DAY_RUN.SUSPENSE_FEN, seal.suspense().fen(), DAY_RUN.MERKLE_ROOT, seal.root().bytes()));
            });
            progress.reached(Stage.SEALED, "sealed", 1, 1);
        }
        return new SealedDay(closed, runs.run(date), PaymentSealing.read(dsl, date));
    }

    /** How many findings there are on the cards of a day. */
    public int countFindings(SealedDay day) {
        return dsl.fetchCount(CARD_FINDING, CARD_FINDING.BUSINESS_DATE.eq(day.date()));
    }

    private void copy(BusinessDate date, JournalSeal seal) {
        int done = 0;
        for (TapRange range : seal.ranges()) {
            dsl.transaction(transaction -> transaction.dsl().query(COPY, date.day(), range.firstPsamNo(), range.lastPsamNo(),
                    range.firstPsamNo(), range.firstPsamSeq(), range.lastPsamNo(), range.lastPsamSeq()).execute());
            done++;
            progress.reached(Stage.SEALED, "copy", done, seal.ranges().size());
        }
    }

    private void checkCopy(BusinessDate date, JournalSeal seal) {
        var sums = dsl.fetchSingle("SELECT COUNT(*) AS tap_count, COALESCE(SUM(amount_fen), 0) AS amount_fen"
                + " FROM clearing.sealed_tap WHERE business_date = ?", date.day());
        long count = sums.get("tap_count", Long.class);
        Money amount = Money.ofFen(sums.get("amount_fen", Long.class));
        Money journal = seal.accepted().plus(seal.suspense());
        if (count != seal.tapCount() || !amount.equals(journal)) {
            throw new SettlementFailure("the copy of " + date + " in card order holds " + count + " taps and " + amount
                    + ", the journal " + seal.tapCount() + " and " + journal);
        }
    }

    private void writePsamSeals(BusinessDate date, JournalSeal seal) {
        BatchWriter rows = writer(PSAM_SEAL_ROW, "terminals");
        seal.psams().forEach(psam ->
                rows.write(date.day(), psam.psamNo(), psam.tapCount(), psam.amount().fen(), psam.root().bytes()));
        rows.finish();
    }

    private void writeCards(BusinessDate date, byte[] salt) {
        BatchWriter rows = writer(DAY_CARD_ROW, "cards");
        try (Stream<DayCard> cards = new CardChain(dsl).listCards(date, salt)) {
            int[] number = {0};
            cards.forEachOrdered(card -> rows.write(date.day(), card.card().bytes(), ++number[0], card.tapCount(),
                    card.amount().fen(), card.lastCounter(), card.balanceAfter().fen()));
        }
        rows.finish();
    }

    private void writeFindings(BusinessDate date) {
        BatchWriter rows = writer(FINDING_ROW, "findings");
        try (Stream<CardFinding> findings = new CardChain(dsl).listFindings(date)) {
            findings.forEachOrdered(finding -> rows.write(date.day(), finding.card().bytes(), finding.counter().value(),
                    finding.kind().code(), finding.expected(), finding.found()));
        }
        rows.finish();
    }

    private BatchWriter writer(String statement, String step) {
        return new BatchWriter(dsl, statement, BATCH_ROWS, written -> progress.reached(Stage.SEALED, step, written, 0));
    }
}
