package cn.onecard.engine.order;

import static cn.onecard.sql.tables.ledger.Tables.ACCOUNT_ENTRY;
import static cn.onecard.sql.tables.ledger.Tables.HOLD_EXPIRY;
import static cn.onecard.sql.tables.ledger.Tables.LOAD_TERMS;
import static cn.onecard.sql.tables.ledger.Tables.ORDER_CALL;
import static cn.onecard.sql.tables.ledger.Tables.ORDER_STEP;
import static cn.onecard.sql.tables.ledger.Tables.PARTNER_MESSAGE;
import static cn.onecard.sql.tables.ledger.Tables.PAY_ACCOUNT;
import static cn.onecard.sql.tables.ledger.Tables.PAY_ORDER;

import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.Utc;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** The hot statements that write: what a plan says goes into the tables. */
final class OrderRows {
    private static final List<Field<?>> ORDER_COLUMNS = List.of(PAY_ORDER.ORDER_ID, PAY_ORDER.CALLER, PAY_ORDER.IDEM_KEY, PAY_ORDER.REQUEST_DIGEST,
            PAY_ORDER.KIND_CODE, PAY_ORDER.CARD_NO, PAY_ORDER.ACCOUNT_KIND, PAY_ORDER.PARTY_ID, PAY_ORDER.SERVICE_CODE, PAY_ORDER.AMOUNT_FEN,
            PAY_ORDER.HELD_FEN, PAY_ORDER.CAPTURED_FEN, PAY_ORDER.REFUNDED_FEN, PAY_ORDER.STATE_CODE, PAY_ORDER.REASON_CODE, PAY_ORDER.STEPS,
            PAY_ORDER.BUSINESS_DATE, PAY_ORDER.CREATED_AT, PAY_ORDER.EXPIRES_AT, PAY_ORDER.OPEN_MESSAGE);
    private static final List<Field<?>> STEP_COLUMNS = List.of(ORDER_STEP.ORDER_ID, ORDER_STEP.STEP_NO, ORDER_STEP.STATE_FROM, ORDER_STEP.STATE_TO,
            ORDER_STEP.AMOUNT_FEN, ORDER_STEP.ACTOR, ORDER_STEP.REASON, ORDER_STEP.BUSINESS_DATE, ORDER_STEP.AT);
    private static final List<Field<?>> ENTRY_COLUMNS = List.of(ACCOUNT_ENTRY.BUSINESS_DATE, ACCOUNT_ENTRY.CARD_NO, ACCOUNT_ENTRY.KIND_CODE,
            ACCOUNT_ENTRY.ENTRY_NO, ACCOUNT_ENTRY.ORDER_ID, ACCOUNT_ENTRY.STEP_NO, ACCOUNT_ENTRY.AMOUNT_FEN, ACCOUNT_ENTRY.HELD_CHANGE_FEN,
            ACCOUNT_ENTRY.BALANCE_AFTER_FEN, ACCOUNT_ENTRY.HELD_AFTER_FEN, ACCOUNT_ENTRY.DEBIT_ACCOUNT, ACCOUNT_ENTRY.CREDIT_ACCOUNT,
            ACCOUNT_ENTRY.PARTY_ID, ACCOUNT_ENTRY.SERVICE_CODE, ACCOUNT_ENTRY.AT);
    private static final List<Field<?>> CALL_COLUMNS = List.of(ORDER_CALL.CALL_ID, ORDER_CALL.REQUEST_DIGEST, ORDER_CALL.ORDER_ID,
            ORDER_CALL.STEP_NO, ORDER_CALL.REASON_CODE);
    private static final List<Field<?>> LOAD_COLUMNS = List.of(LOAD_TERMS.CARD_NO, LOAD_TERMS.ONLINE_COUNTER, LOAD_TERMS.ORDER_ID,
            LOAD_TERMS.PSAM_NO, LOAD_TERMS.OLD_BALANCE_FEN, LOAD_TERMS.CARD_RANDOM, LOAD_TERMS.KEY_VERSION, LOAD_TERMS.HOST_BCD);

    private static final List<Field<?>> MESSAGE_COLUMNS = List.of(PARTNER_MESSAGE.ORDER_ID, PARTNER_MESSAGE.MESSAGE_NO, PARTNER_MESSAGE.PARTNER,
            PARTNER_MESSAGE.BODY, PARTNER_MESSAGE.STATE_CODE, PARTNER_MESSAGE.WITHDRAW_AT, PARTNER_MESSAGE.DUE_AT);

    private final RowInsert<PayOrder> orders;
    private final RowInsert<Dated<PaymentPlan.Step>> steps;
    private final RowInsert<Dated<PaymentPlan.Entry>> entries;
    private final RowInsert<PaymentPlan.Call> calls;
    private final RowInsert<PaymentPlan.Load> loads;
    private final RowInsert<PaymentPlan.Expiry> expiries;
    private final RowInsert<PaymentPlan.Message> messages;
    private final String settleMessage;
    private final String updateOrder;
    private final String updateAccount;
    private final String deleteExpiry;

    /** A row and the business date on it. */
    private record Dated<T>(BusinessDate date, T row) {}

    OrderRows(DSLContext dsl) {
        orders = RowInsert.into(dsl, PAY_ORDER, ORDER_COLUMNS, OrderRows::bindOrder);
        steps = RowInsert.into(dsl, ORDER_STEP, STEP_COLUMNS, OrderRows::bindStep);
        entries = RowInsert.into(dsl, ACCOUNT_ENTRY, ENTRY_COLUMNS, OrderRows::bindEntry);
        calls = RowInsert.into(dsl, ORDER_CALL, CALL_COLUMNS, OrderRows::bindCall);
        loads = RowInsert.into(dsl, LOAD_TERMS, LOAD_COLUMNS, OrderRows::bindLoad);
        expiries = RowInsert.into(dsl, HOLD_EXPIRY, List.of(HOLD_EXPIRY.EXPIRES_AT, HOLD_EXPIRY.ORDER_ID), OrderRows::bindExpiry);
        messages = RowInsert.into(dsl, PARTNER_MESSAGE, MESSAGE_COLUMNS, OrderRows::bindMessage);
        settleMessage = dsl.update(PARTNER_MESSAGE)
                .set(PARTNER_MESSAGE.STATE_CODE, DSL.param("state", PARTNER_MESSAGE.STATE_CODE))
                .set(PARTNER_MESSAGE.REFERENCE, DSL.param("reference", PARTNER_MESSAGE.REFERENCE))
                .set(PARTNER_MESSAGE.FULFILMENT, DSL.param("fulfilment", PARTNER_MESSAGE.FULFILMENT))
                .set(PARTNER_MESSAGE.DUE_AT, DSL.param("due", PARTNER_MESSAGE.DUE_AT))
                .where(PARTNER_MESSAGE.ORDER_ID.eq(DSL.param("order", PARTNER_MESSAGE.ORDER_ID)))
                .and(PARTNER_MESSAGE.MESSAGE_NO.eq(DSL.param("number", PARTNER_MESSAGE.MESSAGE_NO))).getSQL();
        updateOrder = dsl.update(PAY_ORDER)
                .set(PAY_ORDER.HELD_FEN, DSL.param("held", PAY_ORDER.HELD_FEN)).set(PAY_ORDER.CAPTURED_FEN, DSL.param("captured", PAY_ORDER.CAPTURED_FEN))
                .set(PAY_ORDER.REFUNDED_FEN, DSL.param("refunded", PAY_ORDER.REFUNDED_FEN)).set(PAY_ORDER.STATE_CODE, DSL.param("state", PAY_ORDER.STATE_CODE))
                .set(PAY_ORDER.STEPS, DSL.param("steps", PAY_ORDER.STEPS)).set(PAY_ORDER.BUSINESS_DATE, DSL.param("date", PAY_ORDER.BUSINESS_DATE))
                .set(PAY_ORDER.OPEN_MESSAGE, DSL.param("message", PAY_ORDER.OPEN_MESSAGE))
                .where(PAY_ORDER.ORDER_ID.eq(DSL.param("order", PAY_ORDER.ORDER_ID))).getSQL();
        updateAccount = dsl.update(PAY_ACCOUNT)
                .set(PAY_ACCOUNT.BALANCE_FEN, DSL.param("balance", PAY_ACCOUNT.BALANCE_FEN)).set(PAY_ACCOUNT.HELD_FEN, DSL.param("held", PAY_ACCOUNT.HELD_FEN))
                .set(PAY_ACCOUNT.ENTRY_NO, DSL.param("entry", PAY_ACCOUNT.ENTRY_NO)).set(PAY_ACCOUNT.SPENT_ON, DSL.param("day", PAY_ACCOUNT.SPENT_ON))
                .set(PAY_ACCOUNT.SPENT_FEN, DSL.param("spent", PAY_ACCOUNT.SPENT_FEN))
                .where(PAY_ACCOUNT.CARD_NO.eq(DSL.param("card", PAY_ACCOUNT.CARD_NO))).and(PAY_ACCOUNT.KIND_CODE.eq(DSL.param("kind", PAY_ACCOUNT.KIND_CODE)))
                .getSQL();
        deleteExpiry = dsl.deleteFrom(HOLD_EXPIRY).where(HOLD_EXPIRY.EXPIRES_AT.eq(DSL.param("at", HOLD_EXPIRY.EXPIRES_AT)))
                .and(HOLD_EXPIRY.ORDER_ID.eq(DSL.param("order", HOLD_EXPIRY.ORDER_ID))).getSQL();
    }

    /** Writes a plan. */
    void write(Connection connection, BusinessDate date, PaymentPlan plan) throws SQLException {
        orders.run(connection, plan.newOrders());
        updateOrders(connection, plan.changedOrders());
        steps.run(connection, plan.steps().stream().map(step -> new Dated<>(date, step)).toList());
        entries.run(connection, plan.entries().stream().map(entry -> new Dated<>(date, entry)).toList());
        updateAccounts(connection, plan.changedAccounts());
        calls.run(connection, plan.newCalls());
        loads.run(connection, plan.loads());
        expiries.run(connection, plan.newExpiries());
        delete(connection, plan.endedExpiries());
        messages.run(connection, plan.messages());
        settle(connection, plan.settled());
    }

    private void updateOrders(Connection connection, List<PayOrder> changed) throws SQLException {
        if (changed.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(updateOrder)) {
            for (PayOrder order : changed) {
                statement.setLong(1, order.heldFen);
                statement.setLong(2, order.capturedFen);
                statement.setLong(3, order.refundedFen);
                statement.setInt(4, order.state.code());
                statement.setInt(5, order.steps);
                statement.setObject(6, order.date);
                statement.setInt(7, order.openMessage);
                statement.setBytes(8, order.id.bytes());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private void updateAccounts(Connection connection, List<PayAccount> changed) throws SQLException {
        if (changed.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(updateAccount)) {
            for (PayAccount account : changed) {
                PayAccount.Standing standing = account.standing();
                statement.setLong(1, standing.balanceFen());
                statement.setLong(2, standing.heldFen());
                statement.setLong(3, standing.entryNo());
                statement.setObject(4, standing.spentOn());
                statement.setLong(5, standing.spentFen());
                statement.setBytes(6, account.id().cardNo().bytes());
                statement.setInt(7, account.id().kind().code());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private void settle(Connection connection, List<PaymentPlan.Settled> settled) throws SQLException {
        if (settled.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(settleMessage)) {
            for (PaymentPlan.Settled one : settled) {
                MessageOutcome outcome = one.outcome();
                statement.setInt(1, outcome.state().code());
                statement.setString(2, outcome.reference());
                statement.setString(3, outcome.fulfilment());
                statement.setObject(4, outcome.due().map(Utc::of).orElse(null));
                statement.setBytes(5, one.order().bytes());
                statement.setInt(6, outcome.number());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void bindMessage(PreparedStatement statement, int offset, PaymentPlan.Message message) throws SQLException {
        statement.setBytes(offset + 1, message.order().bytes());
        statement.setInt(offset + 2, message.number());
        statement.setString(offset + 3, message.outgoing().partner());
        statement.setString(offset + 4, message.outgoing().body());
        statement.setInt(offset + 5, MessageState.WAITING.code());
        statement.setObject(offset + 6, Utc.of(message.withdrawAt()));
        statement.setObject(offset + 7, Utc.of(message.at()));
    }

    private void delete(Connection connection, List<PaymentPlan.Expiry> ended) throws SQLException {
        if (ended.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(deleteExpiry)) {
            for (PaymentPlan.Expiry expiry : ended) {
                bindExpiry(statement, 0, expiry);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void bindOrder(PreparedStatement statement, int offset, PayOrder order) throws SQLException {
        statement.setBytes(offset + 1, order.id.bytes());
        statement.setString(offset + 2, order.call.caller());
        statement.setString(offset + 3, order.call.key());
        statement.setBytes(offset + 4, order.digest.bytes());
        statement.setInt(offset + 5, order.terms.kind().code());
        statement.setBytes(offset + 6, order.terms.account().cardNo().bytes());
        statement.setInt(offset + 7, order.terms.account().kind().code());
        statement.setInt(offset + 8, order.terms.party().value());
        statement.setInt(offset + 9, order.terms.serviceCode());
        statement.setLong(offset + 10, order.terms.amount().fen());
        statement.setLong(offset + 11, order.heldFen);
        statement.setLong(offset + 12, order.capturedFen);
        statement.setLong(offset + 13, order.refundedFen);
        statement.setInt(offset + 14, order.state.code());
        statement.setInt(offset + 15, order.reasonCode);
        statement.setInt(offset + 16, order.steps);
        statement.setObject(offset + 17, order.date);
        statement.setObject(offset + 18, Utc.of(order.createdAt));
        statement.setObject(offset + 19, order.expiresAt == null ? null : Utc.of(order.expiresAt));
        statement.setInt(offset + 20, order.openMessage);
    }

    private static void bindStep(PreparedStatement statement, int offset, Dated<PaymentPlan.Step> dated) throws SQLException {
        PaymentPlan.Step step = dated.row();
        statement.setBytes(offset + 1, step.order().bytes());
        statement.setInt(offset + 2, step.stepNo());
        statement.setInt(offset + 3, step.from().code());
        statement.setInt(offset + 4, step.to().code());
        statement.setLong(offset + 5, step.amountFen());
        statement.setString(offset + 6, step.cause().actor());
        statement.setString(offset + 7, step.cause().reason());
        statement.setObject(offset + 8, dated.date().day());
        statement.setObject(offset + 9, Utc.of(step.cause().at()));
    }

    private static void bindEntry(PreparedStatement statement, int offset, Dated<PaymentPlan.Entry> dated) throws SQLException {
        PaymentPlan.Entry entry = dated.row();
        statement.setObject(offset + 1, dated.date().day());
        statement.setBytes(offset + 2, entry.account().cardNo().bytes());
        statement.setInt(offset + 3, entry.account().kind().code());
        statement.setLong(offset + 4, entry.after().entryNo());
        statement.setBytes(offset + 5, entry.order().bytes());
        statement.setInt(offset + 6, entry.stepNo());
        statement.setLong(offset + 7, entry.movement().amountFen());
        statement.setLong(offset + 8, entry.movement().heldChangeFen());
        statement.setLong(offset + 9, entry.after().balanceFen());
        statement.setLong(offset + 10, entry.after().heldFen());
        statement.setInt(offset + 11, entry.movement().debit());
        statement.setInt(offset + 12, entry.movement().credit());
        statement.setInt(offset + 13, entry.terms().party().value());
        statement.setInt(offset + 14, entry.terms().serviceCode());
        statement.setObject(offset + 15, Utc.of(entry.cause().at()));
    }

    private static void bindCall(PreparedStatement statement, int offset, PaymentPlan.Call call) throws SQLException {
        statement.setBytes(offset + 1, call.call().bytes());
        statement.setBytes(offset + 2, call.digest().bytes());
        statement.setBytes(offset + 3, call.order().bytes());
        statement.setInt(offset + 4, call.stepNo());
        statement.setInt(offset + 5, call.reasonCode());
    }

    private static void bindLoad(PreparedStatement statement, int offset, PaymentPlan.Load load) throws SQLException {
        LoadTerms terms = load.terms();
        statement.setBytes(offset + 1, load.account().cardNo().bytes());
        statement.setInt(offset + 2, terms.init().onlineCounter());
        statement.setBytes(offset + 3, load.order().bytes());
        statement.setLong(offset + 4, terms.terminal().value());
        statement.setLong(offset + 5, terms.init().oldBalance().fen());
        statement.setBytes(offset + 6, ByteBuffer.allocate(Integer.BYTES).putInt(terms.init().random()).array());
        statement.setInt(offset + 7, terms.init().keyVersion());
        statement.setLong(offset + 8, terms.hostTime().bcd());
    }

    private static void bindExpiry(PreparedStatement statement, int offset, PaymentPlan.Expiry expiry) throws SQLException {
        statement.setObject(offset + 1, Utc.of(expiry.at()));
        statement.setBytes(offset + 2, expiry.order().bytes());
    }
}
