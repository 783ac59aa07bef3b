package cn.onecard.settlement.seal;

import cn.onecard.settlement.day.Progress;
import cn.onecard.settlement.day.SettlementFailure;
import cn.onecard.settlement.day.Sha256;
import cn.onecard.settlement.day.Stage;
import cn.onecard.settlement.seal.AccountSeal.Standing;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;

/** Reads a closed day's account entries once, in the order of card, kind and number, each with the step of its order, and seals
 *  them on the way. The rows stream by; what is kept is a hash for each level of a tree.
 *
 *  <p>Unlike a purse, an account is kept by ourselves: that an entry does not continue the one before it, or that no step of an
 *  order stands behind it, is no finding to be looked at some day. It stops the night. */
public final class EntryReader {
    private static final long TOLD_EVERY = 50_000;

    private final DSLContext dsl;
    private final Progress progress;

    public EntryReader(DSLContext dsl, Progress progress) {
        this.dsl = dsl;
        this.progress = progress;
    }

    /** The seal of what stands in the ledger now.
     *
     *  @param accounts is handed the seal of each account, in the order of card and kind
     *  @throws SettlementFailure if an entry does not continue its account, or has no step */
    public PaymentSeal seal(BusinessDate date, Consumer<AccountSeal> accounts) {
        String sql = "SELECT " + CanonicalRow.ofEntry().columns() + " FROM ledger.account_entry e"
                + " LEFT JOIN ledger.order_step s ON s.order_id = e.order_id AND s.step_no = e.step_no"
                + " WHERE e.business_date = ? ORDER BY e.card_no, e.kind_code, e.entry_no";
        // Integer.MIN_VALUE is how the driver is told to stream.
        try (Cursor<Record> cursor = dsl.resultQuery(sql, date.day()).fetchSize(Integer.MIN_VALUE).fetchLazy()) {
            ResultSet rows = Objects.requireNonNull(cursor.resultSet(), "an open cursor has a result set");
            Pass pass = new Pass(date, accounts);
            while (rows.next()) {
                pass.take(rows);
                if (pass.entryCount % TOLD_EVERY == 0) {
                    progress.reached(Stage.SEALED, "entries", pass.entryCount, 0);
                }
            }
            return pass.finish();
        } catch (SQLException e) {
            throw new DataAccessException("the account entries of " + date + " cannot be read", e);
        }
    }

    /** One pass over the rows. Its fields are written by {@link #take} and {@link #finish} alone. */
    private static final class Pass {
        private final CanonicalRow row = CanonicalRow.ofEntry();
        private final int cardAt = row.position("e.card_no");
        private final int kindAt = row.position("e.kind_code");
        private final int entryNoAt = row.position("e.entry_no");
        private final int amountAt = row.position("e.amount_fen");
        private final int heldChangeAt = row.position("e.held_change_fen");
        private final int balanceAt = row.position("e.balance_after_fen");
        private final int heldAt = row.position("e.held_after_fen");
        private final int stepDateAt = row.position("s.business_date");

        private final BusinessDate date;
        private final Consumer<AccountSeal> accounts;
        private final MerkleTree day = new MerkleTree();
        private MerkleTree account = new MerkleTree();
        private byte[] card = {};
        private int kind;
        private long accountEntries;
        private Money accountMoved = Money.ZERO;
        private Standing before = new Standing(Money.ZERO, Money.ZERO);
        private Standing after = new Standing(Money.ZERO, Money.ZERO);
        private long lastEntryNo;
        private long entryCount;
        private Money moved = Money.ZERO;

        Pass(BusinessDate date, Consumer<AccountSeal> accounts) {
            this.date = date;
            this.accounts = accounts;
        }

        void take(ResultSet rows) throws SQLException {
            byte[] nextCard = rows.getBytes(cardAt);
            int nextKind = rows.getInt(kindAt);
            Money amount = Money.ofFen(rows.getLong(amountAt));
            Money heldChange = Money.ofFen(rows.getLong(heldChangeAt));
            long entryNo = rows.getLong(entryNoAt);
            Standing next = new Standing(Money.ofFen(rows.getLong(balanceAt)), Money.ofFen(rows.getLong(heldAt)));
            Standing due = new Standing(next.balance().minus(amount), next.held().minus(heldChange));
            if (!Arrays.equals(nextCard, card) || nextKind != kind) {
                endAccount();
                card = nextCard;
                kind = nextKind;
                before = due;
            } else if (entryNo != lastEntryNo + 1 || !due.equals(after)) {
                throw new SettlementFailure(name(entryNo) + " does not continue entry " + lastEntryNo + ", which left " + after.balance() + ", "
                        + after.held() + " of it held");
            }
            LocalDate stepDate = rows.getObject(stepDateAt, LocalDate.class);
            if (stepDate == null || !stepDate.equals(date.day())) {
                throw new SettlementFailure(name(entryNo) + (stepDate == null ? " belongs to no step of an order" : " belongs to a step of " + stepDate));
            }
            account.add(row.encode(rows));
            accountEntries++;
            entryCount++;
            Money size = amount.isNegative() ? amount.negated() : amount;
            accountMoved = accountMoved.plus(size);
            moved = moved.plus(size);
            lastEntryNo = entryNo;
            after = next;
        }

        PaymentSeal finish() {
            endAccount();
            return new PaymentSeal(entryCount, moved, day.root());
        }

        private void endAccount() {
            if (accountEntries > 0) {
                Sha256 root = account.root();
                AccountSeal seal = new AccountSeal(CardNo.ofBytes(card), kind, accountEntries, accountMoved, before, lastEntryNo, after, root);
                day.add(seal.leaf());
                accounts.accept(seal);
            }
            account = new MerkleTree();
            accountEntries = 0;
            accountMoved = Money.ZERO;
        }

        private String name(long entryNo) {
            return "entry " + entryNo + " of account " + kind + " of card " + CardNo.ofBytes(card).masked();
        }
    }
}
