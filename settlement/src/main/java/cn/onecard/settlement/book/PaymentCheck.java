package cn.onecard.settlement.book;

import static cn.onecard.sql.tables.clearing.Tables.ACCOUNT_SEAL;

import cn.onecard.settlement.day.Progress;
import cn.onecard.settlement.day.Sha256;
import cn.onecard.settlement.seal.AccountSeal;
import cn.onecard.settlement.seal.AccountSeal.Standing;
import cn.onecard.settlement.seal.EntryReader;
import cn.onecard.settlement.seal.PaymentSeal;
import cn.onecard.settlement.seal.SealedDay;
import cn.onecard.sql.tables.clearing.tables.records.AccountSealRecord;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import java.util.Comparator;
import java.util.Optional;
import org.jooq.Cursor;
import org.jooq.DSLContext;

/** Seals the account entries of a day again, with the steps of their orders, and compares with the seal in the books, account by
 *  account. Two streams, one account of each at a time. */
final class PaymentCheck {
    private static final Comparator<AccountSeal> ORDER = Comparator.comparing(AccountSeal::card).thenComparingInt(AccountSeal::kind);

    private final DSLContext dsl;
    private final Progress progress;

    PaymentCheck(DSLContext dsl, Progress progress) {
        this.dsl = dsl;
        this.progress = progress;
    }

    void check(SealedDay sealed, Discrepancies found) {
        try (Cursor<AccountSealRecord> rows = dsl.selectFrom(ACCOUNT_SEAL).where(ACCOUNT_SEAL.BUSINESS_DATE.eq(sealed.date()))
                .orderBy(ACCOUNT_SEAL.CARD_NO, ACCOUNT_SEAL.KIND_CODE).fetchSize(Integer.MIN_VALUE).fetchLazy()) {
            Merge merge = new Merge(rows, found);
            PaymentSeal seal = new EntryReader(dsl, progress).seal(sealed.date(), merge::take);
            merge.finish();
            if (!seal.equals(sealed.payments())) {
                found.add("the payments of " + sealed.date() + " are " + words(seal) + " by the ledger and " + words(sealed.payments()) + " in the books");
            }
        }
    }

    private static String words(PaymentSeal seal) {
        return seal.entryCount() + " entries, " + seal.moved() + " moved, root " + seal.root();
    }

    /** Lays the seals of the books beside those of the ledger, both in the order of card and kind. */
    private static final class Merge {
        private final Cursor<AccountSealRecord> rows;
        private final Discrepancies found;

        /** The next of the books; written by {@link #next} alone. */
        private Optional<AccountSeal> stored = Optional.empty();

        Merge(Cursor<AccountSealRecord> rows, Discrepancies found) {
            this.rows = rows;
            this.found = found;
            next();
        }

        void take(AccountSeal computed) {
            while (stored.isPresent() && ORDER.compare(stored.get(), computed) < 0) {
                found.add(name(stored.get()) + ": the seal has " + stored.get().entryCount() + " entries, the ledger none");
                next();
            }
            if (stored.isEmpty() || ORDER.compare(stored.get(), computed) > 0) {
                found.add(name(computed) + ": " + computed.entryCount() + " entries stand in the ledger, the seal knows none");
                return;
            }
            if (!stored.get().equals(computed)) {
                found.add(name(computed) + ": the seal does not match; the ledger has " + computed.entryCount() + " entries and "
                        + computed.after().balance() + " after them, the seal " + stored.get().entryCount() + " and " + stored.get().after().balance());
            }
            next();
        }

        void finish() {
            while (stored.isPresent()) {
                found.add(name(stored.get()) + ": the seal has " + stored.get().entryCount() + " entries, the ledger none");
                next();
            }
        }

        private void next() {
            stored = Optional.ofNullable(rows.fetchNext()).map(row -> new AccountSeal(row.getCardNo(), row.getKindCode(), row.getEntryCount(),
                    Money.ofFen(row.getMovedFen()), new Standing(Money.ofFen(row.getBalanceBeforeFen()), Money.ofFen(row.getHeldBeforeFen())),
                    row.getLastEntryNo(), new Standing(Money.ofFen(row.getBalanceAfterFen()), Money.ofFen(row.getHeldAfterFen())),
                    Sha256.ofValue(row.getRoot())));
        }

        private static String name(AccountSeal seal) {
            CardNo card = seal.card();
            return "account " + seal.kind() + " of card " + card.masked();
        }
    }
}
