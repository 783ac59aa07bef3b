package cn.onecard.engine.post;

import static cn.onecard.sql.tables.ledger.Tables.POSTING_SHARD;
import static cn.onecard.sql.tables.ledger.Tables.TAP_EVIDENCE;
import static cn.onecard.sql.tables.ledger.Tables.TAP_JOURNAL;

import cn.onecard.engine.admit.Admission;
import cn.onecard.engine.admit.Suspect;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.TapOutcome;
import cn.onecard.vocabulary.Utc;
import cn.onecard.wire.CardFace;
import cn.onecard.wire.Debit;
import cn.onecard.wire.Ride;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.InsertValuesStepN;
import org.jooq.Param;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The hot statements: jOOQ renders their text once, JDBC binds and batches them. */
final class JournalTable {
    private static final int PURSES = 2001;
    private static final int OWED_TO_PARTIES = 2101;
    private static final int SUSPENSE = 2901;
    private static final int EVIDENCE_BYTES = 512;
    /** Rows of a statement, ascending. Batches of any size are made of few texts, so that each is prepared once a connection; those
     *  of single taps, up to some 250, are made of at most two. A statement has room for 65535 values. */
    private static final int[] ROWS = IntStream.concat(IntStream.concat(IntStream.range(1, 16), IntStream.iterate(16, rows -> rows < 256, rows -> rows + 16)),
            IntStream.of(256, 512, 1_024)).toArray();
    /** The first year that every server takes for a DATETIME. */
    private static final int FIRST_YEAR = 1000;

    private static final List<Field<?>> JOURNAL_COLUMNS = List.of(TAP_JOURNAL.BUSINESS_DATE, TAP_JOURNAL.PSAM_NO,
            TAP_JOURNAL.PSAM_SEQ, TAP_JOURNAL.CARD_NO, TAP_JOURNAL.CARD_COUNTER, TAP_JOURNAL.AMOUNT_FEN, TAP_JOURNAL.FULL_FARE_FEN,
            TAP_JOURNAL.BALANCE_BEFORE_FEN, TAP_JOURNAL.EVENT_AT, TAP_JOURNAL.EVENT_BCD, TAP_JOURNAL.RECEIVED_AT,
            TAP_JOURNAL.DEBIT_ACCOUNT, TAP_JOURNAL.CREDIT_ACCOUNT, TAP_JOURNAL.REASON_CODE, TAP_JOURNAL.PARTY_ID,
            TAP_JOURNAL.SERVICE_CODE, TAP_JOURNAL.LINE_NO, TAP_JOURNAL.STATION_NO, TAP_JOURNAL.RIDE_KIND, TAP_JOURNAL.TXN_TYPE,
            TAP_JOURNAL.CARD_CLASS, TAP_JOURNAL.CARD_KIND, TAP_JOURNAL.KEY_VERSION, TAP_JOURNAL.ALGORITHM_BYTE,
            TAP_JOURNAL.TARIFF_VERSION, TAP_JOURNAL.TAC, TAP_JOURNAL.FLAGS, TAP_JOURNAL.TERMINAL_SERIAL, TAP_JOURNAL.FRAME_DIGEST);
    private static final List<Field<?>> EVIDENCE_COLUMNS = List.of(TAP_EVIDENCE.BUSINESS_DATE, TAP_EVIDENCE.PSAM_NO,
            TAP_EVIDENCE.PSAM_SEQ, TAP_EVIDENCE.FRAME_DIGEST, TAP_EVIDENCE.OUTCOME_CODE, TAP_EVIDENCE.REASON_CODE,
            TAP_EVIDENCE.AMOUNT_FEN, TAP_EVIDENCE.GATEWAY, TAP_EVIDENCE.RECEIVED_AT, TAP_EVIDENCE.FRAME);

    private final String lockShard;
    /** Inserts of as many rows as {@link #ROWS} says. */
    private final List<String> insertJournal;
    private final String insertEvidence;
    private final DSLContext dsl;

    JournalTable(DSLContext dsl) {
        this.dsl = dsl;
        this.lockShard = dsl.select(POSTING_SHARD.OPEN_DATE).from(POSTING_SHARD)
                .where(POSTING_SHARD.SHARD_ID.eq(DSL.param("shard", String.class))).forUpdate().getSQL();
        this.insertJournal = IntStream.of(ROWS).mapToObj(rows -> insert(TAP_JOURNAL, JOURNAL_COLUMNS, rows).getSQL()).toList();
        // The evidence has neither partitions nor CHECKs, so "ignore" can only mean: this very frame is kept already.
        this.insertEvidence = insert(TAP_EVIDENCE, EVIDENCE_COLUMNS, 1).onDuplicateKeyIgnore().getSQL();
    }

    /** Locks a shard until the transaction ends, and with it the business date that it may post to.
     *
     *  @return empty if there is no such shard */
    Optional<BusinessDate> lockShard(Connection connection, String shard) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(lockShard)) {
            statement.setString(1, shard);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(new BusinessDate(rows.getObject(1, LocalDate.class))) : Optional.empty();
            }
        }
    }

    /** Inserts rows. */
    void insert(Connection connection, BusinessDate date, List<Posting.Decided> rows) throws SQLException {
        int at = 0;
        while (at < rows.size()) {
            int found = Arrays.binarySearch(ROWS, rows.size() - at);
            int fitting = found >= 0 ? found : -found - 2;
            try (PreparedStatement statement = connection.prepareStatement(insertJournal.get(fitting))) {
                for (int i = 0; i < ROWS[fitting]; i++) {
                    bind(statement, i * JOURNAL_COLUMNS.size(), date, rows.get(at + i));
                }
                statement.executeUpdate();
            }
            at += ROWS[fitting];
        }
    }

    /** Inserts evidence in one batch; what is kept already stays as it is. */
    void insertEvidence(Connection connection, BusinessDate date, Collection<Posting.Evident> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(insertEvidence)) {
            for (Posting.Evident row : rows) {
                byte[] message = row.arrival().message().toByteArray();
                statement.setObject(1, date.day());
                statement.setLong(2, row.key().terminal().value());
                statement.setLong(3, row.key().psamSeq());
                statement.setBytes(4, Digest.sha256(message).bytes());
                statement.setInt(5, outcomeCode(row.outcome()));
                statement.setInt(6, row.reason().code());
                statement.setLong(7, row.amountFen());
                statement.setString(8, row.arrival().gateway());
                statement.setObject(9, Utc.of(row.arrival().receivedAt()));
                statement.setBytes(10, message.length > EVIDENCE_BYTES ? Arrays.copyOf(message, EVIDENCE_BYTES) : message);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** jOOQ for the statements that are not hot. */
    DSLContext on(Connection connection) {
        return dsl.configuration().derive(connection).dsl();
    }

    /** The reason that a row carries. */
    static int reasonCode(Admission admission) {
        return admission instanceof Suspect suspect ? suspect.reason().code() : 0;
    }

    private InsertValuesStepN<?> insert(Table<?> table, List<Field<?>> columns, int rows) {
        List<Param<?>> binds = columns.stream().<Param<?>>map(column -> DSL.param(column.getName(), column)).toList();
        InsertValuesStepN<?> insert = dsl.insertInto(table, columns).values(binds);
        for (int i = 1; i < rows; i++) {
            insert = insert.values(binds);
        }
        return insert;
    }

    private static void bind(PreparedStatement statement, int offset, BusinessDate date, Posting.Decided row) throws SQLException {
        CardFace card = row.frame().card();
        Debit debit = row.frame().debit();
        Ride ride = row.frame().ride();
        int reason = reasonCode(row.admission());
        statement.setObject(offset + 1, date.day());
        statement.setLong(offset + 2, row.key().terminal().value());
        statement.setLong(offset + 3, row.key().psamSeq());
        statement.setBytes(offset + 4, card.cardNo().bytes());
        statement.setInt(offset + 5, debit.counter().value());
        statement.setLong(offset + 6, debit.amount().fen());
        statement.setLong(offset + 7, ride.fullFare().fen());
        statement.setLong(offset + 8, debit.balanceBefore().fen());
        statement.setObject(offset + 9, debit.eventTime().find().filter(time -> time.getYear() >= FIRST_YEAR).orElse(null));
        statement.setLong(offset + 10, debit.eventTime().bcd());
        statement.setObject(offset + 11, Utc.of(row.arrival().receivedAt()));
        statement.setInt(offset + 12, PURSES);
        statement.setInt(offset + 13, reason == 0 ? OWED_TO_PARTIES : SUSPENSE);
        statement.setInt(offset + 14, reason);
        statement.setInt(offset + 15, ride.party().value());
        statement.setInt(offset + 16, ride.serviceCode());
        statement.setInt(offset + 17, ride.line());
        statement.setInt(offset + 18, ride.station());
        statement.setInt(offset + 19, ride.rideKind());
        statement.setInt(offset + 20, debit.type());
        statement.setInt(offset + 21, card.cardClass());
        statement.setInt(offset + 22, card.cardKind());
        statement.setInt(offset + 23, card.keyVersion());
        statement.setInt(offset + 24, card.algorithm());
        statement.setInt(offset + 25, ride.tariffVersion());
        statement.setBytes(offset + 26, ByteBuffer.allocate(4).putInt(debit.tac().value()).array());
        statement.setInt(offset + 27, (debit.grey() ? 1 : 0) | (debit.mac2Failed() ? 2 : 0));
        statement.setLong(offset + 28, row.frame().terminalSerial());
        statement.setBytes(offset + 29, row.digest().bytes());
    }

    private static int outcomeCode(TapOutcome outcome) {
        return switch (outcome) {
            case CONFLICT -> 1;
            case FORGED -> 2;
            case MALFORMED -> 3;
            case ACCEPTED, DUPLICATE, SUSPECT -> throw new IllegalArgumentException("no evidence is kept of " + outcome);
        };
    }
}
