package cn.onecard.engine.bench.crash;

import cn.onecard.engine.bench.BenchFailed;
import cn.onecard.sql.Database;
import cn.onecard.vocabulary.TapKey;
import cn.onecard.vocabulary.TerminalId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HexFormat;

/** Reads journal and evidence from the database, row by row. */
final class JournalReading {
    private static final String JOURNAL = "SELECT business_date, psam_no, psam_seq, frame_digest, amount_fen, reason_code"
            + " FROM ledger.tap_journal WHERE psam_no BETWEEN ? AND ?";
    private static final String EVIDENCE = "SELECT psam_no, psam_seq, frame_digest, amount_fen, reason_code"
            + " FROM ledger.tap_evidence WHERE psam_no BETWEEN ? AND ?";

    private final Database database;
    private final TerminalId lowest;
    private final TerminalId highest;

    /** A reading of the rows of some terminals.
     *
     *  @param lowest terminal number, inclusive
     *  @param highest terminal number, inclusive */
    JournalReading(Database database, TerminalId lowest, TerminalId highest) {
        this.database = database;
        this.lowest = lowest;
        this.highest = highest;
    }

    /** What is done with a row. */
    private interface Row {
        void read(ResultSet row) throws SQLException;
    }

    /** Shows every row to a check, and ends it. */
    void showTo(JournalCheck check) {
        try (Connection connection = database.connect()) {
            each(connection, JOURNAL, row -> check.journal(new JournalCheck.JournalRow(row.getObject(1, LocalDate.class),
                    new TapKey(new TerminalId(row.getLong(2)), row.getLong(3)), HexFormat.of().formatHex(row.getBytes(4)), row.getLong(5), row.getInt(6))));
            each(connection, EVIDENCE, row -> check.evidence(new JournalCheck.EvidenceRow(
                    new TapKey(new TerminalId(row.getLong(1)), row.getLong(2)), HexFormat.of().formatHex(row.getBytes(3)), row.getLong(4), row.getInt(5))));
            check.end();
        } catch (SQLException e) {
            throw new BenchFailed("the journal cannot be read: " + e.getMessage(), e);
        }
    }

    private void each(Connection connection, String sql, Row reader) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(Integer.MIN_VALUE);      // the driver's word for: row by row, not all at once
            statement.setLong(1, lowest.value());
            statement.setLong(2, highest.value());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }
}
