package cn.onecard.engine.order;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;

/** Proves the accounts and orders by what was written about them. Each check is one statement over a set, and so one moment of the
 *  database, while payments go on. */
public final class BalanceCheck {
    /** A check looks at whole tables: the usual patience with a database, some seconds, is for single rows. */
    private static final int PATIENCE_MILLIS = 2 * 60 * 60 * 1_000;
    /** What must hold, and the rows where it does not. */
    private static final Map<String, String> CHECKS = checks();

    private final DataSource pool;

    public BalanceCheck(DataSource pool) {
        this.pool = pool;
    }

    /** What was found.
     *
     *  @param accounts how many there are
     *  @param entries how many there are
     *  @param broken what does not hold, and how often; empty if all does */
    public record Finding(long accounts, long entries, Map<String, Long> broken) {
        public boolean isSound() {
            return broken.isEmpty();
        }
    }

    /** Looks at everything. Its time grows with the number of entries. */
    public Finding run() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            int usual = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, PATIENCE_MILLIS);
            try {
                return run(connection);
            } finally {
                connection.setNetworkTimeout(Runnable::run, usual);
            }
        }
    }

    private static Finding run(Connection connection) throws SQLException {
        Map<String, Long> broken = new LinkedHashMap<>();
        for (Map.Entry<String, String> check : CHECKS.entrySet()) {
            long rows = count(connection, "SELECT COUNT(*) FROM (" + check.getValue() + ") broken");
            if (rows > 0) {
                broken.put(check.getKey(), rows);
            }
        }
        Finding finding = new Finding(count(connection, "SELECT COUNT(*) FROM ledger.pay_account"),
                count(connection, "SELECT COUNT(*) FROM ledger.account_entry"), broken);
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
        return finding;
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql); ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static Map<String, String> checks() {
        Map<String, String> checks = new LinkedHashMap<>();
        checks.put("an account is not the sum of its entries", """
                SELECT a.card_no FROM ledger.pay_account a LEFT JOIN (
                  SELECT card_no, kind_code, SUM(amount_fen) AS amount, SUM(held_change_fen) AS held, COUNT(*) AS entries, MAX(entry_no) AS latest
                  FROM ledger.account_entry GROUP BY card_no, kind_code) e ON e.card_no = a.card_no AND e.kind_code = a.kind_code
                WHERE a.balance_fen <> COALESCE(e.amount, 0) OR a.held_fen <> COALESCE(e.held, 0)
                  OR a.entry_no <> COALESCE(e.entries, 0) OR a.entry_no <> COALESCE(e.latest, 0)""");
        checks.put("an entry belongs to no account", """
                SELECT e.card_no FROM ledger.account_entry e LEFT JOIN ledger.pay_account a ON a.card_no = e.card_no AND a.kind_code = e.kind_code
                WHERE a.card_no IS NULL""");
        checks.put("an account is overdrawn", "SELECT card_no FROM ledger.pay_account WHERE balance_fen < held_fen OR held_fen < 0");
        checks.put("more was given back than captured", "SELECT order_id FROM ledger.pay_order WHERE refunded_fen > captured_fen OR captured_fen > amount_fen");
        checks.put("an order does not stand where its latest step led", """
                SELECT o.order_id FROM ledger.pay_order o LEFT JOIN ledger.order_step s ON s.order_id = o.order_id AND s.step_no = o.steps
                WHERE s.order_id IS NULL OR s.state_to <> o.state_code""");
        checks.put("a step does not begin where the one before ended", """
                SELECT s.order_id FROM ledger.order_step s LEFT JOIN ledger.order_step p ON p.order_id = s.order_id AND p.step_no = s.step_no - 1
                WHERE s.state_from <> COALESCE(p.state_to, 0)""");
        checks.put("an account does not hold what its orders hold", """
                SELECT a.card_no FROM ledger.pay_account a LEFT JOIN (
                  SELECT card_no, account_kind, SUM(held_fen) AS held FROM ledger.pay_order WHERE kind_code NOT IN (2, 6, 8) GROUP BY card_no, account_kind) o
                  ON o.card_no = a.card_no AND o.account_kind = a.kind_code
                WHERE a.held_fen <> COALESCE(o.held, 0)""");
        checks.put("an order is not the sum of its entries", """
                SELECT o.order_id FROM ledger.pay_order o LEFT JOIN (
                  SELECT order_id, SUM(amount_fen) AS amount, SUM(held_change_fen) AS held FROM ledger.account_entry GROUP BY order_id) e
                  ON e.order_id = o.order_id
                WHERE COALESCE(e.amount, 0) <> CASE WHEN o.kind_code IN (2, 6, 8) THEN o.captured_fen - o.refunded_fen WHEN o.kind_code = 5 THEN o.held_fen
                    ELSE o.refunded_fen - o.captured_fen END
                  OR COALESCE(e.held, 0) <> CASE WHEN o.kind_code IN (2, 6, 8) THEN 0 ELSE o.held_fen END""");
        checks.put("a quote or a hold will not expire", """
                SELECT o.order_id FROM ledger.pay_order o LEFT JOIN ledger.hold_expiry h ON h.expires_at = o.expires_at AND h.order_id = o.order_id
                WHERE o.state_code IN (1, 2) AND o.open_message = 0 AND h.order_id IS NULL""");
        checks.put("a message to a partner is forgotten", """
                SELECT o.order_id FROM ledger.pay_order o LEFT JOIN ledger.partner_message m ON m.order_id = o.order_id AND m.message_no = o.open_message
                WHERE o.open_message <> 0 AND (o.state_code NOT IN (2, 8) OR m.order_id IS NULL OR m.state_code IN (3, 4)
                  OR (m.state_code <> 6 AND m.due_at IS NULL))""");
        checks.put("an order that is over still waits to expire", """
                SELECT h.order_id FROM ledger.hold_expiry h LEFT JOIN ledger.pay_order o ON o.order_id = h.order_id
                WHERE o.order_id IS NULL OR o.state_code NOT IN (1, 2)""");
        return checks;
    }
}
