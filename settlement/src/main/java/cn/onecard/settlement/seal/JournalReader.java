package cn.onecard.settlement.seal;

import cn.onecard.settlement.day.Progress;
import cn.onecard.settlement.day.Sha256;
import cn.onecard.settlement.day.Stage;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;

/** Reads a closed day's journal once, in key order, and seals it on the way. The rows stream by: what is kept is a hash for
 *  each level of a tree, a seal a terminal, and a mark every so many rows. */
public final class JournalReader {
    /** The account that accepted taps are credited to. */
    private static final int OWED_TO_PARTIES = 2101;

    private final DSLContext dsl;
    private final Progress progress;
    private final int rangeRows;

    /** A reader.
     *
     *  @param rangeRows rows of a range, at most */
    public JournalReader(DSLContext dsl, Progress progress, int rangeRows) {
        this.dsl = dsl;
        this.progress = progress;
        this.rangeRows = rangeRows;
    }

    /** The seal of what stands in the journal now. */
    public JournalSeal seal(BusinessDate date) {
        String sql = "SELECT " + CanonicalRow.ofTap().columns()
                + " FROM ledger.tap_journal WHERE business_date = ? ORDER BY psam_no, psam_seq";
        // Integer.MIN_VALUE is how the driver is told to stream.
        try (Cursor<Record> cursor = dsl.resultQuery(sql, date.day()).fetchSize(Integer.MIN_VALUE).fetchLazy()) {
            ResultSet rows = Objects.requireNonNull(cursor.resultSet(), "an open cursor has a result set");
            Pass pass = new Pass();
            while (rows.next()) {
                pass.take(rows);
                if (pass.tapCount % rangeRows == 0) {
                    progress.reached(Stage.SEALED, "read", pass.tapCount, 0);
                }
            }
            return pass.finish();
        } catch (SQLException e) {
            throw new DataAccessException("the journal of " + date + " cannot be read", e);
        }
    }

    /** One pass over the rows. Its fields are written by {@link #take} and {@link #finish} alone. */
    private final class Pass {
        private final CanonicalRow row = CanonicalRow.ofTap();
        private final int psamNoAt = row.position("psam_no");
        private final int psamSeqAt = row.position("psam_seq");
        private final int amountAt = row.position("amount_fen");
        private final int creditAt = row.position("credit_account");

        private final MerkleTree day = new MerkleTree();
        private final List<PsamSeal> psams = new ArrayList<>();
        private final List<TapRange> ranges = new ArrayList<>();
        private MerkleTree psam = new MerkleTree();
        private long psamNo;
        private long psamSeq;
        private long psamTaps;
        private Money psamAmount = Money.ZERO;
        private long rangePsamNo;
        private long rangePsamSeq;
        private long tapCount;
        private Money accepted = Money.ZERO;
        private Money suspense = Money.ZERO;

        void take(ResultSet rows) throws SQLException {
            long nextPsamNo = rows.getLong(psamNoAt);
            long nextPsamSeq = rows.getLong(psamSeqAt);
            if (tapCount > 0 && nextPsamNo != psamNo) {
                endPsam();
            }
            if (tapCount % rangeRows == 0) {
                if (tapCount > 0) {
                    endRange();
                }
                rangePsamNo = nextPsamNo;
                rangePsamSeq = nextPsamSeq;
            }
            psamNo = nextPsamNo;
            psamSeq = nextPsamSeq;
            Money amount = Money.ofFen(rows.getLong(amountAt));
            psam.add(row.encode(rows));
            psamTaps++;
            psamAmount = psamAmount.plus(amount);
            tapCount++;
            if (rows.getLong(creditAt) == OWED_TO_PARTIES) {
                accepted = accepted.plus(amount);
            } else {
                suspense = suspense.plus(amount);
            }
        }

        JournalSeal finish() {
            if (tapCount > 0) {
                endPsam();
                endRange();
            }
            return new JournalSeal(tapCount, accepted, suspense, psams, ranges, day.root());
        }

        private void endPsam() {
            Sha256 root = psam.root();
            PsamSeal seal = new PsamSeal(psamNo, psamTaps, psamAmount, root);
            day.add(seal.leaf());
            psams.add(seal);
            psam = new MerkleTree();
            psamTaps = 0;
            psamAmount = Money.ZERO;
        }

        private void endRange() {
            ranges.add(new TapRange(rangePsamNo, rangePsamSeq, psamNo, psamSeq));
        }
    }
}
