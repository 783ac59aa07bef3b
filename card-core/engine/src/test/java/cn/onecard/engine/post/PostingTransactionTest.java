package cn.onecard.engine.post;

import static cn.onecard.sql.tables.ledger.Tables.BUSINESS_CALENDAR;
import static cn.onecard.sql.tables.ledger.Tables.BUSINESS_DAY;
import static cn.onecard.sql.tables.ledger.Tables.POSTING_SHARD;
import static cn.onecard.sql.tables.ledger.Tables.TAP_JOURNAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.engine.admit.Admittance;
import cn.onecard.engine.admit.Limits;
import cn.onecard.engine.card.Masters;
import cn.onecard.engine.key.CardKeys;
import cn.onecard.engine.key.KeySchemes;
import cn.onecard.engine.rate.FareAudit;
import cn.onecard.engine.receive.ReceivedTap;
import cn.onecard.engine.testing.City;
import cn.onecard.engine.verify.CredibleTap;
import cn.onecard.engine.verify.TapVerifier;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.MySqlServer;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.vocabulary.Refusal;
import cn.onecard.vocabulary.TapOutcome;
import cn.onecard.vocabulary.Utc;
import cn.onecard.wire.TapCodec;
import cn.onecard.wire.TapFrame;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** One transaction of a writer, and its repetition after an answer that was lost; on MariaDB and on MySQL 8. */
class PostingTransactionTest {
    /** On the embedded MariaDB. */
    @Nested
    class OnMariaDb extends Contract {
        @Override
        Database prepare(Account account) {
            TestDatabase.wipe();
            return TestDatabase.database(account);
        }
    }

    /** On a real MySQL 8. */
    @Nested
    class OnMySql extends Contract {
        @Override
        Database prepare(Account account) {
            MySqlServer server = MySqlServer.startIfAvailable().orElseGet(() -> Assumptions.abort("no MySQL 8 here: -Pmysql brings one"));
            server.wipe();
            return server.database(account);
        }
    }

    /** What holds on every server. */
    abstract static class Contract {
        private static final Instant FIRST = Instant.parse("2026-11-24T04:00:00.123Z");
        private static final Instant LATER = Instant.parse("2026-11-24T05:00:00.456Z");
        private static final TapVerifier VERIFIER = new TapVerifier(new CardKeys(City.KEYS, KeySchemes.standard()));
        private static final Admittance ADMITTANCE = new Admittance(Limits.STANDARD);
        private static final PostingTransaction.Attempt ONCE = PostingTransaction.Attempt.FIRST;

        private @Nullable HikariDataSource pool;         // null where the server is missing
        private DSLContext dsl;
        private PostingTransaction transaction;

        abstract Database prepare(Account account);

        @BeforeEach
        void begin() {
            HikariDataSource opened = prepare(Account.ENGINE).pool("posting", 2);
            pool = opened;
            dsl = Database.dsl(opened);
            Calendar calendar = new Calendar(dsl);
            assertThat(calendar.openOrBegin(City.DAY, FIRST)).isEqualTo(City.DAY);
            transaction = new PostingTransaction("test-1", new JournalTable(dsl), new EarlierDays(), calendar, ADMITTANCE);
        }

        @AfterEach
        void end() {
            if (pool != null) {
                pool.close();
            }
        }

        @Test
        void run_keyTaken_rollsEverythingBackAndFindsItOnTheNextAttempt() throws Exception {
            assertThat(outcomes(run(ONCE, posting(1, FIRST)))).containsExactly(TapOutcome.SUSPECT);
            assertThatThrownBy(() -> run(ONCE, posting(2, LATER), posting(1, LATER)))
                    .isInstanceOfSatisfying(SQLException.class, e -> assertThat(Failure.of(e)).isEqualTo(Failure.KEY_TAKEN));
            assertThat(rows()).isEqualTo(1);
            assertThat(outcomes(run(ONCE.keyTaken(), posting(2, LATER), posting(1, LATER))))
                    .containsExactly(TapOutcome.SUSPECT, TapOutcome.DUPLICATE);
            assertThat(rows()).isEqualTo(2);
        }

        @Test
        void run_repeatedAfterACommitWhoseAnswerWasLost_givesTheOriginalOutcome() throws Exception {
            List<Posted> committed = run(ONCE, posting(1, FIRST), posting(2, FIRST));
            List<Posted> again = run(ONCE.answerLost(), posting(1, FIRST), posting(2, FIRST), posting(2, FIRST));
            assertThat(outcomes(again)).containsExactly(TapOutcome.SUSPECT, TapOutcome.SUSPECT, TapOutcome.DUPLICATE);
            assertThat(again.getFirst().reason()).isEqualTo(committed.getFirst().reason()).isEqualTo(Optional.of(Refusal.PSAM_UNKNOWN));
            assertThat(rows()).isEqualTo(2);
        }

        @Test
        void run_repeatedAfterTheDayMoved_findsItsCommitOnTheClosedDay() throws Exception {
            run(ONCE, posting(1, FIRST));
            closeDay();
            assertThat(outcomes(run(ONCE.answerLost(), posting(1, FIRST)))).containsExactly(TapOutcome.SUSPECT);
            assertThat(rows()).isEqualTo(1);
            assertThat(outcomes(run(ONCE, posting(1, LATER)))).containsExactly(TapOutcome.DUPLICATE);
        }

        @Test
        void run_timeThatNoColumnHolds_isPostedWithoutOne() throws Exception {
            City.Draft draft = City.busRide(1);
            draft.time = new cn.onecard.vocabulary.EventTime(0x00000101000000L);
            assertThat(outcomes(run(ONCE, decided(draft.frame(), FIRST)))).containsExactly(TapOutcome.SUSPECT);
            assertThat(dsl.select(TAP_JOURNAL.EVENT_AT).from(TAP_JOURNAL).fetchSingle().value1()).isNull();
        }

        @Test
        void run_largestValues_fitTheirColumns() throws Exception {
            City.Draft draft = City.busRide(0xFFFF_FFFFL).charged(0xFFFF_FFFFL).stating(0xFFFF_FFFFL);
            draft.balance = 0xFFFF_FFFFL;
            draft.counter = 0xFFFF;
            draft.line = Integer.MAX_VALUE;
            draft.tariff = Integer.MAX_VALUE;
            draft.service = 255;
            draft.ride = 255;
            draft.kind = 255;
            draft.cardClass = 255;
            draft.algorithmByte = 0;
            assertThat(outcomes(run(ONCE, decided(draft.frame(), FIRST)))).containsExactly(TapOutcome.SUSPECT);
        }

        private List<Posted> run(PostingTransaction.Attempt attempt, Posting... postings) throws SQLException {
            try (Connection connection = Objects.requireNonNull(pool).getConnection()) {
                return transaction.run(connection, List.of(postings), attempt).posted();
            }
        }

        private static List<TapOutcome> outcomes(List<Posted> posted) {
            return posted.stream().map(Posted::outcome).toList();
        }

        private int rows() {
            return dsl.fetchCount(TAP_JOURNAL);
        }

        private static Posting posting(long seq, Instant receivedAt) {
            return decided(City.busRide(seq).frame(), receivedAt);
        }

        private static Posting decided(TapFrame frame, Instant receivedAt) {
            if (ReceivedTap.of(City.GATEWAY, receivedAt, TapCodec.toProto(frame)) instanceof ReceivedTap.Framed framed
                    && VERIFIER.verify(framed, Optional.empty()) instanceof CredibleTap credible) {
                return Posting.of(ADMITTANCE.decide(FareAudit.rate(credible, Masters.NONE), Masters.NONE, City.DAY), Masters.NONE);
            }
            throw new IllegalArgumentException("not a true tap: " + frame.key());
        }

        private void closeDay() {
            dsl.transaction(transaction -> {
                DSLContext in = transaction.dsl();
                in.update(BUSINESS_CALENDAR).set(BUSINESS_CALENDAR.OPEN_DATE, City.DAY.next()).where(BUSINESS_CALENDAR.CALENDAR_ID.eq(1)).execute();
                in.update(POSTING_SHARD).set(POSTING_SHARD.OPEN_DATE, City.DAY.next()).where(POSTING_SHARD.SHARD_ID.eq("test-1")).execute();
                in.insertInto(BUSINESS_DAY, BUSINESS_DAY.BUSINESS_DATE, BUSINESS_DAY.OPENED_AT)
                        .values(City.DAY.next(), Utc.of(LATER)).execute();
            });
        }
    }
}
