package cn.onecard.settlement.seal;

import static cn.onecard.sql.tables.clearing.Tables.PAYMENT_SEAL;

import cn.onecard.settlement.day.SettlementFailure;
import cn.onecard.settlement.day.Sha256;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;

/** What sealing writes of a day's account entries: a row for each account that moved, and one for the day. */
final class PaymentSealing {
    private static final String ACCOUNT_ROW = """
            INSERT INTO clearing.account_seal (business_date, card_no, kind_code, entry_count, moved_fen, balance_before_fen, held_before_fen,
              last_entry_no, balance_after_fen, held_after_fen, root)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE entry_count = VALUES(entry_count), moved_fen = VALUES(moved_fen),
              balance_before_fen = VALUES(balance_before_fen), held_before_fen = VALUES(held_before_fen), last_entry_no = VALUES(last_entry_no),
              balance_after_fen = VALUES(balance_after_fen), held_after_fen = VALUES(held_after_fen), root = VALUES(root)
            """;
    /** An account whose first entry of the day does not continue its last day with entries. */
    private static final String BROKEN = """
            SELECT a.card_no, a.kind_code, a.last_entry_no - a.entry_count + 1 AS entry_no
            FROM clearing.account_seal a
            LEFT JOIN clearing.account_seal p ON p.card_no = a.card_no AND p.kind_code = a.kind_code AND p.business_date = (
              SELECT MAX(q.business_date) FROM clearing.account_seal q
              WHERE q.card_no = a.card_no AND q.kind_code = a.kind_code AND q.business_date < a.business_date)
            WHERE a.business_date = ? AND (a.last_entry_no - a.entry_count <> COALESCE(p.last_entry_no, 0)
              OR a.balance_before_fen <> COALESCE(p.balance_after_fen, 0) OR a.held_before_fen <> COALESCE(p.held_after_fen, 0))
            ORDER BY a.card_no, a.kind_code LIMIT 1
            """;

    private PaymentSealing() {}

    /** Seals the entries of a day, account by account. */
    static PaymentSeal seal(BusinessDate date, EntryReader reader, BatchWriter rows) {
        PaymentSeal seal = reader.seal(date, account -> rows.write(date.day(), account.card().bytes(), account.kind(), account.entryCount(),
                account.moved().fen(), account.before().balance().fen(), account.before().held().fen(), account.lastEntryNo(),
                account.after().balance().fen(), account.after().held().fen(), account.root().bytes()));
        rows.finish();
        return seal;
    }

    static String accountRow() {
        return ACCOUNT_ROW;
    }

    /** Checks that every account goes on where its last day ended.
     *
     *  @throws SettlementFailure if one does not */
    static void checkContinuity(DSLContext dsl, BusinessDate date) {
        Optional<Record> broken = dsl.resultQuery(BROKEN, date.day()).fetchOptional();
        if (broken.isPresent()) {
            Record row = broken.get();
            throw new SettlementFailure("entry " + row.get("entry_no") + " of account " + row.get("kind_code") + " of card "
                    + CardNo.ofBytes(row.get("card_no", byte[].class)).masked() + " does not continue the account's last day before " + date);
        }
    }

    /** Writes the row of the day, inside the transaction that completes the stage. */
    static void write(DSLContext transaction, BusinessDate date, PaymentSeal seal) {
        transaction.deleteFrom(PAYMENT_SEAL).where(PAYMENT_SEAL.BUSINESS_DATE.eq(date)).execute();
        transaction.insertInto(PAYMENT_SEAL).set(PAYMENT_SEAL.BUSINESS_DATE, date).set(PAYMENT_SEAL.ENTRY_COUNT, seal.entryCount())
                .set(PAYMENT_SEAL.MOVED_FEN, seal.moved().fen()).set(PAYMENT_SEAL.MERKLE_ROOT, seal.root().bytes()).execute();
    }

    /** The row of a sealed day. */
    static PaymentSeal read(DSLContext dsl, BusinessDate date) {
        return dsl.selectFrom(PAYMENT_SEAL).where(PAYMENT_SEAL.BUSINESS_DATE.eq(date)).fetchOptional(row ->
                        new PaymentSeal(row.getEntryCount(), Money.ofFen(row.getMovedFen()), Sha256.ofValue(row.getMerkleRoot())))
                .orElseThrow(() -> new SettlementFailure("the payments of " + date + " have no seal in the books"));
    }
}
