package cn.onecard.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each account may do, and what the server itself keeps it from, whatever the program asks. */
@ParameterizedClass
@EnumSource(TestServer.class)
class GrantsTest {
    private final TestServer server;

    GrantsTest(TestServer server) {
        this.server = server;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ENGINE     | INSERT INTO ledger.tap_journal SELECT * FROM ledger.tap_journal WHERE 1 = 0
            ENGINE     | INSERT INTO ledger.tap_evidence SELECT * FROM ledger.tap_evidence WHERE 1 = 0
            ENGINE     | INSERT INTO ledger.card SELECT * FROM ledger.card WHERE 1 = 0
            ENGINE     | UPDATE ledger.card SET state_code = 1 WHERE 1 = 0
            ENGINE     | UPDATE ledger.register_change SET change_no = change_no WHERE 1 = 0
            ENGINE     | UPDATE ledger.psam SET gateway = '' WHERE 1 = 0
            ENGINE     | UPDATE ledger.party SET name = '' WHERE 1 = 0
            ENGINE     | UPDATE ledger.transit_line SET name = '' WHERE 1 = 0
            ENGINE     | UPDATE ledger.tariff SET body = '' WHERE 1 = 0
            ENGINE     | UPDATE ledger.posting_shard SET open_date = open_date WHERE 1 = 0
            ENGINE     | SELECT open_date FROM ledger.posting_shard WHERE shard_id = 'x' FOR UPDATE
            ENGINE     | SELECT open_date FROM ledger.business_calendar WHERE calendar_id = 1 FOR UPDATE
            ENGINE     | INSERT INTO ledger.business_day SELECT * FROM ledger.business_day WHERE 1 = 0
            ENGINE     | SELECT name FROM ledger.account
            ENGINE     | INSERT INTO ledger.account_entry SELECT * FROM ledger.account_entry WHERE 1 = 0
            ENGINE     | INSERT INTO ledger.order_step SELECT * FROM ledger.order_step WHERE 1 = 0
            ENGINE     | INSERT INTO ledger.order_call SELECT * FROM ledger.order_call WHERE 1 = 0
            ENGINE     | INSERT INTO ledger.load_terms SELECT * FROM ledger.load_terms WHERE 1 = 0
            ENGINE     | DELETE FROM ledger.hold_expiry WHERE 1 = 0
            ENGINE     | UPDATE ledger.partner_message SET state_code = 3, due_at = NULL WHERE 1 = 0
            ENGINE     | UPDATE ledger.pay_account SET balance_fen = 0, held_fen = 0 WHERE 1 = 0
            ENGINE     | UPDATE ledger.pay_order SET state_code = 3, captured_fen = 0 WHERE 1 = 0
            ENGINE     | SELECT balance_fen FROM ledger.pay_account WHERE kind_code = 9 FOR UPDATE
            ENGINE     | SELECT state_code FROM ledger.pay_order WHERE order_id = '0123456789abcdef' FOR UPDATE
            ENGINE     | UPDATE ledger.bank_terminal SET batch = 2, sequence = 1 WHERE 1 = 0
            ENGINE     | SELECT sequence FROM ledger.bank_terminal WHERE terminal = 'x' FOR UPDATE
            ENGINE     | UPDATE ledger.bank_transaction SET state_code = 3, answer = '00' WHERE 1 = 0
            ENGINE     | INSERT INTO ledger.register_sale SELECT * FROM ledger.register_sale WHERE 1 = 0
            ENGINE     | INSERT INTO ledger.sale_line SELECT * FROM ledger.sale_line WHERE 1 = 0
            ENGINE     | UPDATE ledger.sale_refund SET state_code = 2, reason_code = 0 WHERE 1 = 0
            ENGINE     | UPDATE ledger.till_epoch SET acked_through = 1 WHERE 1 = 0
            SETTLEMENT | SELECT SUM(net_fen) FROM ledger.sale_line
            ENGINE     | UPDATE ledger.medical_link SET sequence = 1 WHERE 1 = 0
            ENGINE     | UPDATE ledger.medical_settlement SET state_code = 4, paid = 1 WHERE 1 = 0
            ENGINE     | INSERT INTO patient.medical_item SELECT * FROM patient.medical_item WHERE 1 = 0
            ENGINE     | DELETE FROM ledger.medical_statistic WHERE 1 = 0
            ENGINE     | INSERT INTO ledger.bill_payment SELECT * FROM ledger.bill_payment WHERE 1 = 0
            ENGINE     | UPDATE ledger.bill_claim SET claimed_at = claimed_at WHERE 1 = 0
            ENGINE     | UPDATE ledger.bill_cancellation SET state_code = 4 WHERE 1 = 0
            ENGINE     | UPDATE ledger.standing_order SET ended = 1 WHERE 1 = 0
            ENGINE     | UPDATE ledger.standing_bill SET state_code = 5 WHERE 1 = 0
            SETTLEMENT | SELECT SUM(amount_fen) FROM ledger.medical_statistic
            SETTLEMENT | SELECT SUM(amount_fen) FROM ledger.account_entry
            SETTLEMENT | SELECT COUNT(*) FROM ledger.pay_order
            SETTLEMENT | SELECT SUM(amount_fen) FROM ledger.tap_journal
            SETTLEMENT | SELECT COUNT(*) FROM ledger.tap_evidence
            SETTLEMENT | SELECT opening_balance_fen FROM ledger.card
            SETTLEMENT | SELECT open_date FROM ledger.business_calendar WHERE calendar_id = 1 FOR UPDATE
            SETTLEMENT | UPDATE ledger.business_calendar SET open_date = open_date WHERE 1 = 0
            SETTLEMENT | UPDATE ledger.posting_shard SET open_date = open_date WHERE 1 = 0
            SETTLEMENT | INSERT INTO ledger.business_day SELECT * FROM ledger.business_day WHERE 1 = 0
            SETTLEMENT | UPDATE ledger.business_day SET closed_at = closed_at WHERE 1 = 0
            ENGINE     | SELECT SUM(amount_fen) FROM clearing.day_card
            ENGINE     | SELECT COUNT(*) FROM clearing.day_run WHERE stage_code > 1
            SETTLEMENT | INSERT INTO clearing.day_run SELECT * FROM clearing.day_run WHERE 1 = 0
            SETTLEMENT | UPDATE clearing.day_run SET stage_code = 5 WHERE 1 = 0
            SETTLEMENT | DELETE FROM clearing.sealed_tap WHERE 1 = 0
            ANALYTICS  | SELECT COUNT(*) FROM export.tap_fact
            ANALYTICS  | SELECT COUNT(*) FROM export.settled_day
            ANALYTICS  | SELECT COUNT(*) FROM export.line_name
            """)
    void execute_withinTheFence_isAllowed(Account account, String sql) throws SQLException {
        try (Connection connection = server.database(account).connect(); Statement statement = connection.createStatement()) {
            assertThat(statement.execute(sql)).isEqualTo(sql.startsWith("SELECT"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ENGINE     | UPDATE ledger.tap_journal SET amount_fen = 0
            ENGINE     | DELETE FROM ledger.tap_journal
            ENGINE     | TRUNCATE TABLE ledger.tap_journal
            ENGINE     | ALTER TABLE ledger.tap_journal DROP PARTITION p_later
            ENGINE     | DROP TABLE ledger.tap_journal
            ENGINE     | UPDATE ledger.tap_evidence SET amount_fen = 0
            ENGINE     | DELETE FROM ledger.tap_evidence
            ENGINE     | DELETE FROM ledger.card
            ENGINE     | DELETE FROM ledger.register_change
            ENGINE     | UPDATE ledger.bill_payment SET amount_fen = 1
            ENGINE     | DELETE FROM ledger.bill_claim
            ENGINE     | UPDATE ledger.bill_case SET ours_fen = 1
            ENGINE     | UPDATE ledger.standing_order SET most_fen = 1
            ENGINE     | DELETE FROM ledger.business_day
            ENGINE     | DELETE FROM ledger.posting_shard
            ENGINE     | INSERT INTO ledger.account VALUES (1, 'x')
            ENGINE     | UPDATE ledger.account_entry SET amount_fen = 0
            ENGINE     | DELETE FROM ledger.account_entry
            ENGINE     | UPDATE ledger.order_step SET amount_fen = 0
            ENGINE     | DELETE FROM ledger.order_step
            ENGINE     | UPDATE ledger.order_call SET step_no = 0
            ENGINE     | DELETE FROM ledger.order_call
            ENGINE     | UPDATE ledger.load_terms SET old_balance_fen = 0
            ENGINE     | UPDATE ledger.pay_order SET amount_fen = 0
            ENGINE     | UPDATE ledger.pay_order SET request_digest = order_id
            ENGINE     | DELETE FROM ledger.pay_order
            ENGINE     | UPDATE ledger.pay_account SET card_no = card_no
            ENGINE     | DELETE FROM ledger.pay_account
            ENGINE     | UPDATE ledger.bank_transaction SET amount_fen = 0
            ENGINE     | UPDATE ledger.bank_transaction SET sealed = leg
            ENGINE     | DELETE FROM ledger.bank_transaction
            ENGINE     | DELETE FROM ledger.bank_terminal
            ENGINE     | UPDATE ledger.partner_message SET body = ''
            ENGINE     | UPDATE ledger.partner_message SET withdraw_at = NULL
            ENGINE     | DELETE FROM ledger.partner_message
            ENGINE     | UPDATE ledger.register_sale SET amount_fen = 0
            ENGINE     | UPDATE ledger.sale_line SET category_code = ''
            ENGINE     | DELETE FROM ledger.sale_line
            ENGINE     | UPDATE ledger.sale_refund SET amount_fen = 0
            ENGINE     | DELETE FROM ledger.till_record
            ENGINE     | UPDATE ledger.category SET group_code = 1
            ENGINE     | UPDATE ledger.medical_settlement SET total_fen = 0
            ENGINE     | UPDATE ledger.medical_settlement SET sealed = settlement_id
            ENGINE     | DELETE FROM ledger.medical_settlement
            ENGINE     | UPDATE patient.medical_item SET item_no = 1
            ENGINE     | DELETE FROM patient.medical_item
            ENGINE     | SELECT card_salt FROM clearing.day_run
            ENGINE     | SELECT COUNT(*) FROM clearing.sealed_tap
            ENGINE     | DELETE FROM clearing.day_card WHERE 1 = 0
            ENGINE     | UPDATE ledger.card_act SET reason = '' WHERE 1 = 0
            ENGINE     | DELETE FROM ledger.card_act WHERE 1 = 0
            ENGINE     | UPDATE ledger.purse_claim SET heir_card = card_no WHERE 1 = 0
            ENGINE     | DELETE FROM ledger.purse_claim WHERE 1 = 0
            ENGINE     | DELETE FROM ledger.account_move WHERE 1 = 0
            ENGINE     | SELECT COUNT(*) FROM export.tap_fact
            ENGINE     | CREATE TABLE ledger.mine (a INT PRIMARY KEY)
            ENGINE     | GRANT DELETE ON ledger.tap_journal TO 'onecard_engine'@'%'
            SETTLEMENT | INSERT INTO ledger.tap_journal SELECT * FROM ledger.tap_journal WHERE 1 = 0
            SETTLEMENT | UPDATE ledger.tap_journal SET amount_fen = 0
            SETTLEMENT | DELETE FROM ledger.tap_journal
            SETTLEMENT | DELETE FROM ledger.tap_evidence
            SETTLEMENT | UPDATE ledger.pay_account SET balance_fen = 0
            SETTLEMENT | INSERT INTO ledger.account_entry SELECT * FROM ledger.account_entry WHERE 1 = 0
            SETTLEMENT | UPDATE ledger.bank_transaction SET state_code = 3
            SETTLEMENT | UPDATE ledger.card SET opening_balance_fen = 0
            SETTLEMENT | UPDATE ledger.party SET bank_account = ''
            SETTLEMENT | DELETE FROM ledger.business_day
            SETTLEMENT | DELETE FROM ledger.posting_shard
            SETTLEMENT | INSERT INTO ledger.business_calendar SELECT * FROM ledger.business_calendar WHERE 1 = 0
            SETTLEMENT | SELECT COUNT(*) FROM export.tap_fact
            SETTLEMENT | TRUNCATE TABLE clearing.day_run
            SETTLEMENT | DROP TABLE clearing.day_run
            SETTLEMENT | SELECT COUNT(*) FROM patient.medical_item
            SETTLEMENT | UPDATE ledger.medical_settlement SET state_code = 4
            ANALYTICS  | SELECT COUNT(*) FROM patient.medical_item
            ANALYTICS  | SELECT COUNT(*) FROM ledger.medical_statistic
            ANALYTICS  | SELECT COUNT(*) FROM ledger.card
            ANALYTICS  | SELECT COUNT(*) FROM ledger.tap_journal
            ANALYTICS  | SELECT COUNT(*) FROM ledger.transit_line
            ANALYTICS  | SELECT COUNT(*) FROM clearing.sealed_tap
            ANALYTICS  | SELECT COUNT(*) FROM clearing.day_card
            ANALYTICS  | SELECT card_salt FROM clearing.day_run
            ANALYTICS  | UPDATE export.line_name SET name = 'x'
            ANALYTICS  | CREATE VIEW export.mine AS SELECT 1 AS one
            ANALYTICS  | SELECT COUNT(*) FROM mysql.user
            OWNER      | SELECT COUNT(*) FROM mysql.user
            OWNER      | CREATE USER 'somebody'@'%' IDENTIFIED BY 'x'
            """)
    void execute_beyondTheFence_isDenied(Account account, String sql) throws SQLException {
        try (Connection connection = server.database(account).connect(); Statement statement = connection.createStatement()) {
            // 1044 no right on the schema, 1142 on the table, 1143 on the column, 1227 on the server.
            assertThatThrownBy(() -> statement.execute(sql)).isInstanceOfSatisfying(SQLException.class,
                    denied -> assertThat(denied.getErrorCode()).as(denied.getMessage()).isIn(1044, 1142, 1143, 1227));
        }
    }

    @Test
    void schemas_asAnalyticsSeesThem_areTheExportAlone() throws SQLException {
        List<String> seen = new ArrayList<>();
        try (Connection connection = server.database(Account.ANALYTICS).connect(); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT schema_name FROM information_schema.schemata")) {
            while (rows.next()) {
                seen.add(rows.getString(1));
            }
        }
        assertThat(seen).contains("export").doesNotContain("ledger", "clearing", "patient", "mysql");
    }
}
