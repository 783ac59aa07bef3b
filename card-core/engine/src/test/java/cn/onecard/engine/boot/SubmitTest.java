package cn.onecard.engine.boot;

import static cn.onecard.sql.tables.ledger.Tables.TAP_EVIDENCE;
import static cn.onecard.sql.tables.ledger.Tables.TAP_JOURNAL;
import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.testing.City;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Refusal;
import cn.onecard.vocabulary.TerminalId;
import cn.onecard.wire.TapCodec;
import cn.onecard.wire.TapFrame;
import cn.onecard.wire.proto.Outcome;
import cn.onecard.wire.proto.Tap;
import cn.onecard.wire.proto.TapAck;
import cn.onecard.wire.proto.TapBatch;
import com.google.protobuf.ByteString;
import com.zaxxer.hikari.HikariDataSource;
import io.vertx.grpc.common.GrpcStatus;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Taps over mutual TLS into a real database: one outcome each, and what stands in the tables afterwards. Each test uses PSAM
 *  sequences of its own. */
class SubmitTest {
    private static RunningCore core;
    private static Gateway gateway;
    private static HikariDataSource pool;
    private static DSLContext dsl;

    @BeforeAll
    static void start() throws Exception {
        core = RunningCore.startFresh();
        gateway = new Gateway(City.GATEWAY, core.grpcPort());
        pool = TestDatabase.database(Account.ENGINE).pool("test", 1);
        dsl = Database.dsl(pool);
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        core.close();
        pool.close();
    }

    @Test
    void submit_trueTaps_areAcceptedAndStandInTheJournal() throws Exception {
        City.Draft senior = City.busRide(102).charged(0);
        senior.card = City.SENIOR_SM4;
        senior.algorithm = Algorithm.SM4;
        senior.algorithmByte = 2;
        senior.kind = 3;
        senior.type = 9;
        TapFrame ordinary = City.busRide(101).frame();

        List<TapAck> acks = gateway.submit(ordinary, senior.frame(), City.metroExit(101).frame());

        assertThat(acks).extracting(TapAck::getOutcome).containsOnly(Outcome.ACCEPTED);
        assertThat(acks).extracting(TapAck::getReason).containsOnly(0);
        var row = dsl.selectFrom(TAP_JOURNAL).where(TAP_JOURNAL.PSAM_NO.eq(City.BUS), TAP_JOURNAL.PSAM_SEQ.eq(101L)).fetchSingle();
        assertThat(row.getBusinessDate()).isEqualTo(City.DAY);
        assertThat(row.getCardNo()).isEqualTo(City.ORDINARY);
        assertThat(row.getAmountFen()).isEqualTo(200);
        assertThat(row.getDebitAccount()).isEqualTo(2001);
        assertThat(row.getCreditAccount()).isEqualTo(2101);
        assertThat(row.getEventAt()).isEqualTo(City.NOON.minusHours(4));
        assertThat(row.getFrameDigest()).isEqualTo(ordinary.digest());
    }

    @Test
    void submit_sameFrameTwice_isADuplicateWithinABatchAndAfterIt() throws Exception {
        TapFrame frame = City.busRide(201).frame();
        assertThat(gateway.submit(frame, frame)).extracting(TapAck::getOutcome).containsExactly(Outcome.ACCEPTED, Outcome.DUPLICATE);
        assertThat(gateway.submit(frame, City.busRide(202).frame())).extracting(TapAck::getOutcome)
                .containsExactly(Outcome.DUPLICATE, Outcome.ACCEPTED);
        assertThat(journalRows(201)).isEqualTo(1);
    }

    @Test
    void submit_sameKeyOtherContent_isAConflictAndKeptAsEvidence() throws Exception {
        City.Draft other = City.busRide(301);
        other.counter = 6;
        assertThat(gateway.submit(City.busRide(301).frame(), other.frame())).extracting(TapAck::getOutcome)
                .containsExactly(Outcome.ACCEPTED, Outcome.CONFLICT);
        assertThat(gateway.submit(other.frame())).extracting(TapAck::getReason).containsExactly(Refusal.KEY_CONFLICT.code());
        assertThat(evidence(301, 1)).isEqualTo(1);
        assertThat(journalRows(301)).isEqualTo(1);
    }

    @Test
    void submit_poisonedTapsAmongGoodOnes_doNotHurtTheirNeighbours() throws Exception {
        Tap good = TapCodec.toProto(City.busRide(401).frame());
        Tap forged = TapCodec.toProto(City.busRide(402).frame()).toBuilder().setAmountFen(201).build();
        Tap shortCard = TapCodec.toProto(City.busRide(403).frame()).toBuilder().setCardNo(ByteString.copyFrom(new byte[9])).build();
        Tap widePsam = TapCodec.toProto(City.busRide(404).frame()).toBuilder().setPsamNo(-1).build();
        Tap nothing = Tap.getDefaultInstance();
        Tap last = TapCodec.toProto(City.busRide(405).frame());

        List<TapAck> acks = gateway.submitTaps(List.of(good, forged, shortCard, widePsam, nothing, last));

        assertThat(acks).extracting(TapAck::getOutcome).containsExactly(Outcome.ACCEPTED, Outcome.FORGED, Outcome.MALFORMED,
                Outcome.MALFORMED, Outcome.MALFORMED, Outcome.ACCEPTED);
        assertThat(acks.get(3).getPsamNo()).isEqualTo(-1);
        assertThat(evidence(402, 2)).isEqualTo(1);
        assertThat(evidence(403, 3)).isEqualTo(1);
        assertThat(journalRows(402)).isZero();
    }

    @Test
    void submit_sameForgeryTwice_isForgedBothTimesAndKeptOnce() throws Exception {
        Tap forged = TapCodec.toProto(City.busRide(501).frame()).toBuilder().setAmountFen(199).build();
        assertThat(gateway.submitTaps(List.of(forged))).extracting(TapAck::getOutcome).containsExactly(Outcome.FORGED);
        assertThat(gateway.submitTaps(List.of(forged))).extracting(TapAck::getOutcome).containsExactly(Outcome.FORGED);
        assertThat(evidence(501, 2)).isEqualTo(1);
    }

    @Test
    void submit_forgeryThenTrueTapUnderTheSameKey_acceptsTheTrueOne() throws Exception {
        Tap trueTap = TapCodec.toProto(City.busRide(551).frame());
        assertThat(gateway.submitTaps(List.of(trueTap.toBuilder().setAmountFen(1).build(), trueTap))).extracting(TapAck::getOutcome)
                .containsExactly(Outcome.FORGED, Outcome.ACCEPTED);
    }

    static Stream<Arguments> suspects() {
        List<Arguments> cases = new ArrayList<>();
        cases.add(suspect(Refusal.GREY, draft -> { draft.noTac = true; return draft; }));
        cases.add(suspect(Refusal.GREY, draft -> { draft.grey = true; return draft; }));
        cases.add(suspect(Refusal.KEY_VERSION_UNKNOWN, draft -> { draft.keyVersion = 9; return draft; }));
        cases.add(suspect(Refusal.TIME_UNREADABLE, draft -> { draft.time = new EventTime(0); return draft; }));
        cases.add(suspect(Refusal.TIME_UNREADABLE, draft -> { draft.time = new EventTime(0x20261324080000L); return draft; }));
        cases.add(suspect(Refusal.EVENT_TOO_OLD, draft -> draft.on(LocalDate.of(1970, 1, 1).atStartOfDay())));
        cases.add(suspect(Refusal.EVENT_TOO_OLD, draft -> { draft.time = new EventTime(0x00010101000000L); return draft; }));
        cases.add(suspect(Refusal.EVENT_IN_FUTURE, draft -> draft.on(LocalDate.of(2099, 1, 1).atStartOfDay())));
        cases.add(suspect(Refusal.CARD_UNKNOWN, draft -> { draft.card = CardNo.ofDigits("31040000000000000999"); return draft; }));
        cases.add(suspect(Refusal.CARD_REPORTED_LOST, draft -> { draft.card = City.LOST_SINCE_NOON; return draft.on(City.NOON); }));
        cases.add(suspect(Refusal.TEST_CARD, draft -> { draft.card = City.TEST_CARD; draft.kind = 4; return draft; }));
        cases.add(suspect(Refusal.AMOUNT_ZERO, draft -> draft.charged(0)));
        cases.add(suspect(Refusal.AMOUNT_ABOVE_LIMIT, draft -> { draft.line = 13; draft.balance = 100_000; return draft.charged(9_901).stating(9_901); }));
        cases.add(suspect(Refusal.BALANCE_TOO_LOW, draft -> { draft.balance = 199; return draft; }));
        cases.add(suspect(Refusal.FARE_TOO_HIGH, draft -> draft.charged(201).stating(201)));
        cases.add(suspect(Refusal.TARIFF_UNKNOWN, draft -> { draft.tariff = 4; return draft; }));
        return cases.stream();
    }

    private static long nextSuspect = 600;

    @ParameterizedTest
    @MethodSource("suspects")
    void submit_doubtfulTap_isPostedToSuspenseWithItsReason(Refusal reason, UnaryOperator<City.Draft> change) throws Exception {
        long seq = nextSuspect++;
        List<TapAck> acks = gateway.submit(change.apply(City.busRide(seq)).frame());
        assertThat(acks).extracting(TapAck::getOutcome).containsExactly(Outcome.SUSPECT);
        assertThat(Refusal.byCode(acks.getFirst().getReason())).isEqualTo(reason);
        assertThat(dsl.select(TAP_JOURNAL.CREDIT_ACCOUNT).from(TAP_JOURNAL)
                .where(TAP_JOURNAL.PSAM_NO.eq(City.BUS), TAP_JOURNAL.PSAM_SEQ.eq(seq)).fetchSingle().value1()).isEqualTo(2901);
    }

    @Test
    void submit_unknownPsam_isSuspect() throws Exception {
        TapFrame frame = City.busRide(1).at(new TerminalId(0xFFFF), 1).frame();
        assertThat(gateway.submit(frame)).extracting(TapAck::getReason).containsExactly(Refusal.PSAM_UNKNOWN.code());
    }

    @Test
    void submit_byAnotherGateway_isSuspect() throws Exception {
        try (Gateway stranger = new Gateway("stranger", core.grpcPort())) {
            assertThat(stranger.submit(City.busRide(701).frame())).extracting(TapAck::getReason)
                    .containsExactly(Refusal.PSAM_NOT_OF_CALLER.code());
        }
    }

    @Test
    void submit_negativeAmount_isMalformed() throws Exception {
        Tap negative = TapCodec.toProto(City.busRide(711).frame()).toBuilder().setAmountFen(-200).build();
        assertThat(gateway.submitTaps(List.of(negative))).extracting(TapAck::getOutcome).containsExactly(Outcome.MALFORMED);
    }

    @Test
    void submit_rowThatTheLedgerRefuses_isKeptAsEvidenceAndHurtsNoNeighbour() throws Exception {
        City.Draft poisoned = City.busRide(752);
        poisoned.counter = 31_337;
        List<TapFrame> frames = LongStream.range(740, 760).mapToObj(seq -> seq == 752 ? poisoned.frame() : City.busRide(seq).frame()).toList();
        try (Connection owner = TestDatabase.database(Account.OWNER).connect(); Statement statement = owner.createStatement()) {
            statement.execute("ALTER TABLE ledger.tap_journal ADD CONSTRAINT poison CHECK (card_counter <> 31337)");
            List<TapAck> acks = gateway.submit(frames.toArray(TapFrame[]::new));
            statement.execute("ALTER TABLE ledger.tap_journal DROP CONSTRAINT poison");
            assertThat(acks).filteredOn(ack -> ack.getPsamSeq() != 752).hasSize(19).extracting(TapAck::getOutcome).containsOnly(Outcome.ACCEPTED);
            assertThat(acks.get(12).getOutcome()).isEqualTo(Outcome.MALFORMED);
            assertThat(evidence(752, 3)).isEqualTo(1);
        }
    }

    @Test
    void submit_manyBatchesInOneCall_areAcknowledgedInOrder() throws Exception {
        List<TapBatch> batches = new ArrayList<>();
        for (int b = 0; b < 40; b++) {
            int from = 250 * b;
            batches.add(Gateway.batch(b, LongStream.range(0, 250)
                    .mapToObj(i -> City.busRide(0).at(City.bus((int) (i % 20)), 1000 + from + i).frame()).toList()));
        }
        Gateway.Answer answer = gateway.call(batches).get(60, TimeUnit.SECONDS);
        assertThat(answer.status()).isEqualTo(GrpcStatus.OK);
        assertThat(answer.acks()).extracting(ack -> ack.getBatchNo()).isEqualTo(LongStream.range(0, 40).boxed().toList());
        assertThat(answer.acks()).allSatisfy(ack -> assertThat(ack.getAcksList()).extracting(TapAck::getOutcome).containsOnly(Outcome.ACCEPTED));
        assertThat(dsl.fetchCount(TAP_JOURNAL, TAP_JOURNAL.PSAM_NO.ge(City.bus(0)))).isEqualTo(10_000);
    }

    @Test
    void submit_tooManyTaps_endsTheCallAfterTheBatchesBefore() throws Exception {
        TapBatch good = Gateway.batch(1, List.of(City.busRide(801).frame()));
        TapBatch tooMany = TapBatch.newBuilder().setBatchNo(2)
                .addAllTaps(Collections.nCopies(1_001, Tap.getDefaultInstance())).build();
        Gateway.Answer answer = gateway.call(List.of(good, tooMany)).get(60, TimeUnit.SECONDS);
        assertThat(answer.status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
        assertThat(answer.acks()).hasSize(1);
    }

    @Test
    void submit_tooLargeAMessage_endsTheCall() throws Exception {
        Tap huge = Tap.newBuilder().setCardNo(ByteString.copyFrom(new byte[600_000])).build();
        Gateway.Answer answer = gateway.call(List.of(TapBatch.newBuilder().addTaps(huge).build())).get(60, TimeUnit.SECONDS);
        assertThat(answer.status()).isEqualTo(GrpcStatus.RESOURCE_EXHAUSTED);
        assertThat(gateway.submit(City.busRide(811).frame())).extracting(TapAck::getOutcome).containsExactly(Outcome.ACCEPTED);
    }

    @Test
    void operators_askForHealthReadinessAndMetrics_areAnswered() throws Exception {
        assertThat(gateway.submit(City.busRide(901).frame())).hasSize(1);
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").body()).isEqualTo("UP\n");
        assertThat(get("/metrics").body()).contains("onecard_taps_total{outcome=\"ACCEPTED\"}", "onecard_queue_taps", "onecard_commit_seconds");
        assertThat(get("/elsewhere").statusCode()).isEqualTo(404);
    }

    private static Arguments suspect(Refusal reason, UnaryOperator<City.Draft> change) {
        return Arguments.of(reason, change);
    }

    private static int journalRows(long seq) {
        return dsl.fetchCount(TAP_JOURNAL, TAP_JOURNAL.PSAM_NO.eq(City.BUS), TAP_JOURNAL.PSAM_SEQ.eq(seq));
    }

    private static int evidence(long seq, int outcomeCode) {
        return dsl.fetchCount(TAP_EVIDENCE, TAP_EVIDENCE.PSAM_NO.eq(City.BUS), TAP_EVIDENCE.PSAM_SEQ.eq(seq),
                TAP_EVIDENCE.OUTCOME_CODE.eq(outcomeCode));
    }

    private static HttpResponse<String> get(String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + core.httpPort() + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
