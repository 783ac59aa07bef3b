package cn.onecard.engine.bench;

import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.TerminalId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/** Writes rows straight into the tables, with no check at all: what the database itself can take. The rows are those that the core
 *  would write, in the same order within a batch. */
public final class JournalRows {
    private static final String INSERT_TAP = """
            INSERT INTO ledger.tap_journal (business_date, psam_no, psam_seq, card_no, card_counter, amount_fen, full_fare_fen,
            balance_before_fen, event_at, event_bcd, received_at, debit_account, credit_account, reason_code, party_id, service_code, line_no,
            station_no, ride_kind, txn_type, card_class, card_kind, key_version, algorithm_byte, tariff_version, tac, flags, terminal_serial,
            frame_digest) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)""";
    private static final String INSERT_CARD = """
            INSERT INTO ledger.card (card_no, card_class, card_kind, issuer_id, city, algorithm_code, key_scheme, state_code, state_since,
            valid_from, valid_to, opening_balance_fen, change_no) VALUES (?,1,1,?,?,1,'t-union',1,'2020-01-01','2020-01-01','2099-12-31',10000,?)""";
    private static final String PUBLISH_CHANGE = "UPDATE ledger.register_change SET change_no = ?";
    private static final int CONNECTIONS = 2;
    private static final int ROWS_PER_COMMIT = 1_000;
    /** Rows of one terminal that stand together, as in the batches of taps. */
    private static final int RUN_OF_A_TERMINAL = 20;
    private static final int TERMINALS = 500;
    private static final int PATIENCE_SECONDS = 7_200;

    private final DataSource pool;
    private final BenchCity city;
    private final int cards;
    private final BusinessDate date;

    public JournalRows(DataSource pool, BenchCity city, int cards, BusinessDate date) {
        this.pool = pool;
        this.city = city;
        this.cards = cards;
        this.date = date;
    }

    /** Work that one connection does. */
    private interface Work {
        void run(Connection connection, int worker) throws SQLException;
    }

    /** Multi-row inserts on two connections.
     *
     *  @param group terminals that no other call uses
     *  @return nanoseconds */
    public long insertBatches(int group, long rows) {
        return timed(CONNECTIONS, (connection, worker) -> {
            connection.setAutoCommit(false);
            RowMaker maker = new RowMaker(group + worker);
            try (PreparedStatement statement = connection.prepareStatement(INSERT_TAP)) {
                for (long done = 0; done < rows / CONNECTIONS; done += ROWS_PER_COMMIT) {
                    for (int i = 0; i < ROWS_PER_COMMIT; i++) {
                        maker.bindNext(statement);
                        statement.addBatch();
                    }
                    statement.executeBatch();
                    connection.commit();
                }
            }
        });
    }

    /** One transaction a row.
     *
     *  @param group terminals that no other call uses; with it go the groups up to group + connections / 64
     *  @return nanoseconds */
    public long insertOneByOne(int group, int rows, int connections) {
        return timed(connections, (connection, worker) -> {
            connection.setAutoCommit(false);
            RowMaker maker = new RowMaker(group, worker);
            try (PreparedStatement statement = connection.prepareStatement(INSERT_TAP)) {
                for (int i = 0; i < rows / connections; i++) {
                    maker.bindNext(statement);
                    statement.executeUpdate();
                    connection.commit();
                }
            }
        });
    }

    /** Puts cards into the register, from one number to another, and then publishes the change: nobody else changes cards here. */
    public void insertCards(int from, int to) {
        long change = from + 1L;
        timed(CONNECTIONS, (connection, worker) -> {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(INSERT_CARD)) {
                int first = from + worker * ((to - from) / CONNECTIONS);
                int end = worker == CONNECTIONS - 1 ? to : first + (to - from) / CONNECTIONS;
                for (int card = first; card < end; card++) {
                    statement.setBytes(1, BenchCity.card(card).bytes());
                    statement.setLong(2, BenchCity.ISSUER);
                    statement.setInt(3, BenchCity.CITY_CODE);
                    statement.setLong(4, change);
                    statement.addBatch();
                    if ((card - first) % ROWS_PER_COMMIT == ROWS_PER_COMMIT - 1) {
                        statement.executeBatch();
                        connection.commit();
                    }
                }
                statement.executeBatch();
                connection.commit();
            }
        });
        try (Connection connection = pool.getConnection(); PreparedStatement statement = connection.prepareStatement(PUBLISH_CHANGE)) {
            statement.setLong(1, change);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new BenchFailed("the database refuses the change: " + e.getMessage(), e);
        }
    }

    private long timed(int workers, Work work) {
        try (ExecutorService executor = Executors.newFixedThreadPool(workers)) {
            List<Connection> connections = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                connections.add(pool.getConnection());
            }
            long start = System.nanoTime();
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                int worker = i;
                running.add(CompletableFuture.runAsync(() -> {
                    try (Connection connection = connections.get(worker)) {
                        work.run(connection, worker);
                    } catch (SQLException e) {
                        throw new BenchFailed("the database refuses rows: " + e.getMessage(), e);
                    }
                }, executor));
            }
            running.forEach(one -> Waiting.until(one, PATIENCE_SECONDS));
            return System.nanoTime() - start;
        } catch (SQLException e) {
            throw new BenchFailed("the database does not answer: " + e.getMessage(), e);
        }
    }

    /** Rows of some terminals, with their sequences rising. */
    private final class RowMaker {
        private final SplittableRandom random;
        private final TerminalId[] terminals;
        private final long[] sequences;
        private final byte[] digest = new byte[16];
        private final byte[] tac = new byte[4];
        private final LocalDateTime noon = date.day().atTime(12, 0);
        private int at;
        private int left;

        /** All terminals of a group. */
        RowMaker(int group) {
            this(group, 0, TERMINALS);
        }

        /** One terminal of a group. */
        RowMaker(int group, int terminal) {
            this(group, terminal, 1);
        }

        private RowMaker(int group, int first, int count) {
            this.random = new SplittableRandom(31L * group + first);
            this.terminals = new TerminalId[count];
            this.sequences = new long[count];
            for (int i = 0; i < count; i++) {
                terminals[i] = city.rowTerminal(group, first + i);
            }
        }

        void bindNext(PreparedStatement statement) throws SQLException {
            if (left == 0) {
                left = RUN_OF_A_TERMINAL;
                at = random.nextInt(terminals.length);
            }
            left--;
            random.nextBytes(digest);
            random.nextBytes(tac);
            CardNo card = BenchCity.card(random.nextInt(cards));
            statement.setObject(1, date.day());
            statement.setLong(2, terminals[at].value());
            statement.setLong(3, ++sequences[at]);
            statement.setBytes(4, card.bytes());
            statement.setInt(5, random.nextInt(60_000));
            statement.setLong(6, BenchCity.FARE_FEN);
            statement.setLong(7, BenchCity.FARE_FEN);
            statement.setLong(8, 10_000);
            statement.setObject(9, noon);
            statement.setLong(10, 0x2026_0101_1200_00L);
            statement.setObject(11, noon);
            statement.setInt(12, 2001);
            statement.setInt(13, 2101);
            statement.setInt(14, 0);
            statement.setInt(15, BenchCity.PARTY);
            statement.setInt(16, 1);
            statement.setInt(17, BenchCity.LINE);
            statement.setInt(18, 8);
            statement.setInt(19, 1);
            statement.setInt(20, 6);
            statement.setInt(21, 1);
            statement.setInt(22, 1);
            statement.setInt(23, 1);
            statement.setInt(24, 1);
            statement.setInt(25, BenchCity.TARIFF);
            statement.setBytes(26, tac.clone());
            statement.setInt(27, 0);
            statement.setLong(28, 77);
            statement.setBytes(29, digest.clone());
        }
    }
}
