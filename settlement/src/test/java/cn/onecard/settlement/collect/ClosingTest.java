package cn.onecard.settlement.collect;

import static cn.onecard.sql.tables.ledger.Tables.BUSINESS_CALENDAR;
import static cn.onecard.sql.tables.ledger.Tables.BUSINESS_DAY;
import static cn.onecard.sql.tables.ledger.Tables.POSTING_SHARD;
import static cn.onecard.sql.tables.ledger.Tables.TAP_JOURNAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.settlement.day.Progress;
import cn.onecard.settlement.day.SettlementFailure;
import cn.onecard.settlement.testing.TestLedger;
import cn.onecard.sql.Account;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.ServiceCode;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The watermark: a day closes once, and nothing can be posted behind it. */
class ClosingTest {
    private static final BusinessDate DAY = BusinessDate.parse("2026-11-24");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T15:30:00.123456Z"), ZoneOffset.UTC);
    private static final int POSTERS = 3;
    private static final int TAPS_EACH_SIDE = 60;

    private TestLedger ledger;
    private Closing closing;

    @BeforeEach
    void openBooks() {
        ledger = TestLedger.open(DAY, 1);
        closing = new Closing(TestLedger.dsl(Account.SETTLEMENT), CLOCK, new SecureRandom(), Progress.SILENT);
    }

    @Test
    void close_openDay_movesCalendarAndShards() {
        ClosedDay closed = closing.close(DAY);
        assertThat(closed.closedAt()).isEqualTo(LocalDateTime.of(2026, 11, 24, 15, 30, 0, 123_000_000));
        assertThat(closing.openDate()).isEqualTo(DAY.next());
        DSLContext owner = ledger.owner();
        assertThat(owner.fetchValues(POSTING_SHARD.OPEN_DATE)).containsOnly(DAY.next());
        assertThat(owner.selectFrom(BUSINESS_DAY).orderBy(BUSINESS_DAY.BUSINESS_DATE).fetch(BUSINESS_DAY.CLOSED_AT))
                .containsExactly(closed.closedAt(), null);
    }

    @Test
    void close_dayClosedBefore_changesNothing() {
        LocalDateTime first = closing.close(DAY).closedAt();
        Clock later = Clock.offset(CLOCK, Duration.ofHours(1));
        Closing again = new Closing(TestLedger.dsl(Account.SETTLEMENT), later, new SecureRandom(), Progress.SILENT);
        assertThat(again.close(DAY).closedAt()).isEqualTo(first);
        assertThat(again.openDate()).isEqualTo(DAY.next());
    }

    @Test
    void close_dayAfterTheOpenOne_isRefused() {
        assertThatThrownBy(() -> closing.close(DAY.next())).isInstanceOf(SettlementFailure.class)
                .hasMessageContaining("2026-11-25 cannot be closed before 2026-11-24");
        assertThat(closing.openDate()).isEqualTo(DAY);
    }

    @Test
    void close_booksNeverOpened_isRefused() {
        ledger.owner().deleteFrom(BUSINESS_CALENDAR).execute();
        assertThatThrownBy(() -> closing.close(DAY)).isInstanceOf(SettlementFailure.class).hasMessageContaining("no open business date");
    }

    @Test
    @Timeout(60)
    void close_whilePostersPost_leavesNothingBehindTheWatermark() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        Semaphore acknowledged = new Semaphore(0);
        List<Future<List<BusinessDate>>> posters = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(POSTERS)) {
            for (int i = 0; i < POSTERS; i++) {
                int poster = i;
                posters.add(threads.submit(() -> post(poster, stop, acknowledged)));
            }
            assertThat(acknowledged.tryAcquire(TAPS_EACH_SIDE, 30, TimeUnit.SECONDS)).isTrue();
            closing.close(DAY);
            long atClosing = count(DAY);
            assertThat(acknowledged.tryAcquire(TAPS_EACH_SIDE + POSTERS, 30, TimeUnit.SECONDS)).isTrue();
            stop.set(true);
            long ofDay = 0;
            long ofNext = 0;
            for (Future<List<BusinessDate>> poster : posters) {
                List<BusinessDate> dates = poster.get(30, TimeUnit.SECONDS);
                assertThat(dates).isSorted().containsOnly(DAY, DAY.next());
                ofDay += dates.stream().filter(DAY::equals).count();
                ofNext += dates.stream().filter(DAY.next()::equals).count();
            }
            assertThat(count(DAY)).isEqualTo(atClosing).isEqualTo(ofDay);
            assertThat(count(DAY.next())).isEqualTo(ofNext);
        }
    }

    /** Posts as a writer of the core does: a shard of its own, locked for each transaction.
     *
     *  @return the date of each tap that was acknowledged */
    private static List<BusinessDate> post(int poster, AtomicBoolean stop, Semaphore acknowledged) {
        DSLContext engine = TestLedger.dsl(Account.ENGINE);
        String shard = "core/test-" + poster;
        engine.transaction(transaction -> {
            BusinessDate open = transaction.dsl().select(BUSINESS_CALENDAR.OPEN_DATE).from(BUSINESS_CALENDAR)
                    .where(BUSINESS_CALENDAR.CALENDAR_ID.eq(1)).forUpdate().fetchSingle().value1();
            transaction.dsl().insertInto(POSTING_SHARD).set(POSTING_SHARD.SHARD_ID, shard).set(POSTING_SHARD.OPEN_DATE, open).execute();
        });
        List<BusinessDate> dates = new ArrayList<>();
        TestLedger taps = TestLedger.unregistered();
        while (!stop.get()) {
            dates.add(engine.transactionResult(transaction -> {
                BusinessDate open = transaction.dsl().select(POSTING_SHARD.OPEN_DATE).from(POSTING_SHARD)
                        .where(POSTING_SHARD.SHARD_ID.eq(shard)).forUpdate().fetchSingle().value1();
                transaction.dsl().executeInsert(taps.tap(open, TestLedger.card(poster), ServiceCode.BUS, poster, 200));
                return open;
            }));
            acknowledged.release();
        }
        return dates;
    }

    private long count(BusinessDate date) {
        return ledger.owner().fetchCount(TAP_JOURNAL, TAP_JOURNAL.BUSINESS_DATE.eq(date));
    }
}
