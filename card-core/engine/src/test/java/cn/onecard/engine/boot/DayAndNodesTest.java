package cn.onecard.engine.boot;

import static cn.onecard.sql.tables.ledger.Tables.TAP_JOURNAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cn.onecard.engine.testing.City;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.Refusal;
import cn.onecard.wire.TapFrame;
import cn.onecard.wire.proto.BatchAck;
import cn.onecard.wire.proto.Outcome;
import cn.onecard.wire.proto.TapAck;
import cn.onecard.wire.proto.TapBatch;
import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Closing a day under load, taps that come again on a later day, and two nodes on one database. */
class DayAndNodesTest {
    private static final BusinessDate NEXT = City.DAY.next();

    private RunningCore core;
    private Gateway gateway;
    private HikariDataSource pool;
    private DSLContext settlement;

    @BeforeEach
    void start() throws Exception {
        core = RunningCore.startFresh();
        gateway = new Gateway(City.GATEWAY, core.grpcPort());
        pool = TestDatabase.database(Account.SETTLEMENT).pool("settlement", 1);
        settlement = Database.dsl(pool);
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        core.close();
        pool.close();
    }

    @Test
    void submit_tapOfAClosedDayAgain_isADuplicateOrAConflict() throws Exception {
        TapFrame frame = City.busRide(5).frame();
        City.Draft other = City.busRide(5);
        other.counter = 9;
        assertThat(gateway.submit(frame, City.busRide(8).frame())).extracting(TapAck::getOutcome).containsOnly(Outcome.ACCEPTED);

        DayChange.close(settlement, City.DAY);

        assertThat(gateway.submit(City.busRide(6).frame(), frame, other.frame(), City.busRide(9).frame())).extracting(TapAck::getOutcome)
                .containsExactly(Outcome.ACCEPTED, Outcome.DUPLICATE, Outcome.CONFLICT, Outcome.ACCEPTED);
        assertThat(settlement.fetchCount(TAP_JOURNAL, TAP_JOURNAL.BUSINESS_DATE.eq(City.DAY))).isEqualTo(2);
        assertThat(settlement.fetchCount(TAP_JOURNAL, TAP_JOURNAL.BUSINESS_DATE.eq(NEXT))).isEqualTo(2);
    }

    @Test
    void submit_dayMovedBeyondFreshness_isJudgedByTheDateItIsPostedTo() throws Exception {
        City.Draft edge = City.busRide(11).on(City.DAY.day().minusDays(90).atTime(12, 0));
        DayChange.close(settlement, City.DAY);
        // The core has not seen the new date yet: the tap is judged against the old one and again under the shard's lock.
        assertThat(gateway.submit(edge.frame())).extracting(TapAck::getReason)
                .containsExactly(Refusal.EVENT_TOO_OLD.code());
    }

    @Test
    void close_whilePostingsGoOn_leavesTheClosedDayUnchangedAndLosesNothing() throws Exception {
        CompletableFuture<Gateway.Answer> load = gateway.call(batches(60, 200));
        await().until(() -> settlement.fetchCount(TAP_JOURNAL) > 1_000);

        DayChange.close(settlement, City.DAY);
        int closedDay = settlement.fetchCount(TAP_JOURNAL, TAP_JOURNAL.BUSINESS_DATE.eq(City.DAY));

        Gateway.Answer answer = load.get(60, TimeUnit.SECONDS);
        assertThat(answer.acks()).hasSize(60);
        assertThat(settlement.fetchCount(TAP_JOURNAL, TAP_JOURNAL.BUSINESS_DATE.eq(City.DAY))).isEqualTo(closedDay);
        assertThat(settlement.fetchCount(TAP_JOURNAL)).isEqualTo(60 * 200);
    }

    @Test
    void submit_sameTapsThroughTwoNodes_areAcceptedByOneOfThem() throws Exception {
        RunningCore second = RunningCore.start(TestDatabase.database(Account.ENGINE), "second");
        try (Gateway other = new Gateway(City.GATEWAY, second.grpcPort())) {
            List<TapBatch> batches = batches(20, 200);
            CompletableFuture<Gateway.Answer> one = gateway.call(batches);
            CompletableFuture<Gateway.Answer> two = other.call(batches.reversed());
            List<Outcome> first = outcomes(one.get(60, TimeUnit.SECONDS).acks());
            List<Outcome> last = outcomes(two.get(60, TimeUnit.SECONDS).acks().reversed());
            assertThat(first).hasSize(4_000);
            for (int i = 0; i < first.size(); i++) {
                assertThat(List.of(first.get(i), last.get(i))).containsExactlyInAnyOrder(Outcome.ACCEPTED, Outcome.DUPLICATE);
            }
            assertThat(settlement.fetchCount(TAP_JOURNAL)).isEqualTo(4_000);
        } finally {
            second.close();
        }
    }

    private static List<Outcome> outcomes(List<BatchAck> acks) {
        return acks.stream().flatMap(ack -> ack.getAcksList().stream()).map(TapAck::getOutcome).toList();
    }

    private static List<TapBatch> batches(int count, int size) {
        return IntStream.range(0, count).mapToObj(b -> Gateway.batch(b, LongStream.range(0, size)
                .mapToObj(i -> City.busRide(0).at(City.bus((int) (i % 20)), (long) b * size + i).frame()).toList()))
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
