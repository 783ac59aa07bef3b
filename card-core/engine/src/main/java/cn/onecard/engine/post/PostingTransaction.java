package cn.onecard.engine.post;

import cn.onecard.engine.admit.Admission;
import cn.onecard.engine.admit.Admittance;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.Refusal;
import cn.onecard.vocabulary.TapKey;
import cn.onecard.vocabulary.TapOutcome;
import cn.onecard.vocabulary.Utc;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;

/** One transaction of a shard: locks its shard, decides which rows are new, inserts them, commits.
 *
 *  <p><b>Date.</b> The date read under the lock stands on every row. A tap that was judged against another date is judged
 *  again.
 *
 *  <p><b>Keys.</b> A tap whose key is in the journal is a duplicate if the content is the same, else a conflict. Days before
 *  are always asked, today only when there is a reason: the insert itself finds the key taken, and costs nothing when not.
 *
 *  <p><b>Repeating.</b> A commit whose answer was lost may have happened. When a batch is repeated, a row with our digest and
 *  our moment of receipt is that commit's, on whatever date, and gets the outcome it was posted with. */
final class PostingTransaction {
    private static final Comparator<Posting.Decided> KEY_ORDER = Comparator
            .comparingLong((Posting.Decided row) -> row.key().terminal().value()).thenComparingLong(row -> row.key().psamSeq());

    private final String shard;
    private final JournalTable table;
    private final EarlierDays earlierDays;
    private final Calendar calendar;
    private final Admittance admittance;

    PostingTransaction(String shard, JournalTable table, EarlierDays earlierDays, Calendar calendar, Admittance admittance) {
        this.shard = shard;
        this.table = table;
        this.earlierDays = earlierDays;
        this.calendar = calendar;
        this.admittance = admittance;
    }

    /** What is known about an attempt.
     *
     *  @param askToday some key is in today's journal already
     *  @param repeated an attempt with these rows may have been committed */
    record Attempt(boolean askToday, boolean repeated) {
        static final Attempt FIRST = new Attempt(false, false);

        Attempt keyTaken() {
            return new Attempt(true, repeated);
        }

        Attempt answerLost() {
            return new Attempt(true, true);
        }
    }

    /** What a commit did.
     *
     *  @param date the business date on its rows
     *  @param posted one for each posting, in order */
    record Committed(BusinessDate date, List<Posted> posted) {}

    /** Posts a batch and commits, or throws and rolls back. */
    Committed run(Connection connection, List<Posting> postings, Attempt attempt) throws SQLException {
        if (connection.getAutoCommit()) {
            connection.setAutoCommit(false);
        }
        try {
            BusinessDate date = lockedDate(connection);
            Plan plan = new Plan(date, attempt.repeated(), known(table.on(connection), date, postings, attempt));
            postings.forEach(plan::add);
            plan.rows.sort(KEY_ORDER);
            table.insert(connection, date, plan.rows);
            table.insertEvidence(connection, date, plan.evidence);
            connection.commit();
            return new Committed(date, List.copyOf(plan.posted));
        } catch (SQLException | RuntimeException e) {
            rollBack(connection, e);
            throw e;
        }
    }

    private BusinessDate lockedDate(Connection connection) throws SQLException {
        Optional<BusinessDate> date = table.lockShard(connection, shard);
        if (date.isPresent()) {
            return date.get();
        }
        connection.rollback();
        calendar.openShard(shard);
        return table.lockShard(connection, shard)
                .orElseThrow(() -> new SQLException("the shard " + shard + " is gone again"));
    }

    private Map<TapKey, Recorded> known(DSLContext dsl, BusinessDate date, List<Posting> postings, Attempt attempt) {
        Set<TapKey> keys = new HashSet<>();
        for (Posting posting : postings) {
            if (posting instanceof Posting.Decided decided) {
                keys.add(decided.key());
            }
        }
        Map<TapKey, Recorded> known = new HashMap<>(earlierDays.find(dsl, date, keys));
        if (attempt.askToday()) {
            known.putAll(EarlierDays.findOn(dsl, date, keys));
        }
        return known;
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException broken) {
            cause.addSuppressed(broken);
        }
    }

    /** Which rows to insert, and what to answer once they are committed. */
    private final class Plan {
        private final BusinessDate date;
        private final boolean repeated;
        private final Map<TapKey, Recorded> known;
        private final Set<TapKey> ours = new HashSet<>();
        private final List<Posting.Decided> rows = new ArrayList<>();
        private final List<Posting.Evident> evidence = new ArrayList<>();
        private final List<Posted> posted = new ArrayList<>();

        Plan(BusinessDate date, boolean repeated, Map<TapKey, Recorded> known) {
            this.date = date;
            this.repeated = repeated;
            this.known = known;
        }

        void add(Posting posting) {
            posted.add(switch (posting) {
                case Posting.Decided decided -> book(decided);
                case Posting.Evident evident -> keep(evident, evident);
            });
        }

        private Posted book(Posting.Decided tap) {
            Posting.Decided row = judgedFor(tap);
            int reason = JournalTable.reasonCode(row.admission());
            LocalDateTime receivedAt = Utc.of(row.arrival().receivedAt());
            Recorded there = known.putIfAbsent(row.key(), new Recorded(row.digest(), receivedAt, reason));
            if (there == null) {
                ours.add(row.key());
                rows.add(row);
                return booked(tap, reason);
            }
            if (!there.digest().equals(row.digest())) {
                return keep(tap, row.conflict());
            }
            if (repeated && there.receivedAt().equals(receivedAt) && ours.add(row.key())) {
                return booked(tap, there.reasonCode());
            }
            return new Posted(tap, TapOutcome.DUPLICATE, Optional.empty());
        }

        private Posting.Decided judgedFor(Posting.Decided tap) {
            Admission admission = tap.admission();
            return admission.openDate().equals(date) ? tap : new Posting.Decided(
                    admittance.decide(admission.tap(), tap.masters(), date), tap.masters(), tap.frame(), tap.digest(), tap.arrival());
        }

        private Posted keep(Posting posting, Posting.Evident row) {
            evidence.add(row);
            return new Posted(posting, row.outcome(), Optional.of(row.reason()));
        }

        private static Posted booked(Posting tap, int reasonCode) {
            return reasonCode == 0 ? new Posted(tap, TapOutcome.ACCEPTED, Optional.empty())
                    : new Posted(tap, TapOutcome.SUSPECT, Optional.of(Refusal.byCode(reasonCode)));
        }
    }
}
