package cn.onecard.engine.order;

import static cn.onecard.sql.tables.ledger.Tables.ORDER_CALL;
import static cn.onecard.sql.tables.ledger.Tables.ORDER_STEP;
import static cn.onecard.sql.tables.ledger.Tables.PAY_ACCOUNT;
import static cn.onecard.sql.tables.ledger.Tables.PAY_ORDER;
import static cn.onecard.sql.tables.ledger.Tables.POSTING_SHARD;

import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import cn.onecard.vocabulary.Utc;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Select;
import org.jooq.impl.DSL;

/** The hot statements that read and lock. Rows are always locked in the order of their key, orders before accounts, so that two
 *  transactions that want the same rows wait for each other and never around each other. */
final class OrderReads {
    /** Keys of a statement, ascending; shorter lists repeat their last key. */
    private static final int[] KEYS = {1, 4, 16, 64, 128, 256};
    private static final String PRIMARY = "PRIMARY";

    private final String lockShard;
    private final List<String> lockOrders;
    private final List<String> lockAccounts;
    private final List<String> findCalls;

    OrderReads(DSLContext dsl) {
        lockShard = dsl.select(POSTING_SHARD.OPEN_DATE).from(POSTING_SHARD)
                .where(POSTING_SHARD.SHARD_ID.eq(DSL.param("shard", String.class))).forUpdate().getSQL();
        // With few rows in a table the optimizer would rather read, and lock, all of them.
        lockOrders = texts(keys -> dsl.select(PAY_ORDER.ORDER_ID, PAY_ORDER.CALLER, PAY_ORDER.IDEM_KEY, PAY_ORDER.REQUEST_DIGEST, PAY_ORDER.KIND_CODE,
                        PAY_ORDER.CARD_NO, PAY_ORDER.ACCOUNT_KIND, PAY_ORDER.PARTY_ID, PAY_ORDER.SERVICE_CODE, PAY_ORDER.AMOUNT_FEN, PAY_ORDER.HELD_FEN,
                        PAY_ORDER.CAPTURED_FEN, PAY_ORDER.REFUNDED_FEN, PAY_ORDER.STATE_CODE, PAY_ORDER.REASON_CODE, PAY_ORDER.STEPS,
                        PAY_ORDER.BUSINESS_DATE, PAY_ORDER.CREATED_AT, PAY_ORDER.EXPIRES_AT, PAY_ORDER.OPEN_MESSAGE)
                .from(PAY_ORDER.forceIndex(PRIMARY)).where(PAY_ORDER.ORDER_ID.in(params(PAY_ORDER.ORDER_ID, keys))).orderBy(PAY_ORDER.ORDER_ID).forUpdate());
        lockAccounts = texts(keys -> dsl.select(PAY_ACCOUNT.CARD_NO, PAY_ACCOUNT.KIND_CODE, PAY_ACCOUNT.STATE_CODE, PAY_ACCOUNT.LIMIT_CLASS,
                        PAY_ACCOUNT.BALANCE_FEN, PAY_ACCOUNT.HELD_FEN, PAY_ACCOUNT.ENTRY_NO, PAY_ACCOUNT.SPENT_ON, PAY_ACCOUNT.SPENT_FEN, PAY_ACCOUNT.OPENED_AT)
                .from(PAY_ACCOUNT.forceIndex(PRIMARY)).where(PAY_ACCOUNT.CARD_NO.in(params(PAY_ACCOUNT.CARD_NO, keys)))
                .orderBy(PAY_ACCOUNT.CARD_NO, PAY_ACCOUNT.KIND_CODE).forUpdate());
        findCalls = texts(keys -> dsl.select(ORDER_CALL.CALL_ID, ORDER_CALL.REQUEST_DIGEST, ORDER_CALL.ORDER_ID, ORDER_CALL.REASON_CODE,
                        ORDER_STEP.STATE_TO, ORDER_STEP.AMOUNT_FEN, ORDER_STEP.AT)
                .from(ORDER_CALL).leftJoin(ORDER_STEP).on(ORDER_STEP.ORDER_ID.eq(ORDER_CALL.ORDER_ID)).and(ORDER_STEP.STEP_NO.eq(ORDER_CALL.STEP_NO))
                .where(ORDER_CALL.CALL_ID.in(params(ORDER_CALL.CALL_ID, keys))));
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

    /** Locks those of the orders that are there. */
    List<PayOrder> lockOrders(Connection connection, SortedSet<OrderId> ids) throws SQLException {
        return read(connection, lockOrders, ids.stream().map(OrderId::bytes).toList(), OrderReads::order);
    }

    /** Locks the accounts of cards. */
    List<PayAccount> lockAccounts(Connection connection, SortedSet<CardNo> cards) throws SQLException {
        return read(connection, lockAccounts, cards.stream().map(CardNo::bytes).toList(), OrderReads::account);
    }

    /** Those of the calls that were answered before, with their answers. */
    Map<OrderId, PaymentPlan.KnownCall> findCalls(Connection connection, SortedSet<OrderId> calls) throws SQLException {
        Map<OrderId, PaymentPlan.KnownCall> known = new HashMap<>();
        read(connection, findCalls, calls.stream().map(OrderId::bytes).toList(), OrderReads::call)
                .forEach(call -> known.put(call.getKey(), call.getValue()));
        return known;
    }

    /** Makes something of a row. */
    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Writes a statement for so many keys. */
    private interface Writer {
        Select<?> write(int keys);
    }

    private static List<String> texts(Writer writer) {
        return IntStream.of(KEYS).mapToObj(keys -> writer.write(keys).getSQL()).toList();
    }

    private static <T> List<Param<T>> params(Field<T> field, int count) {
        return Collections.nCopies(count, DSL.param("key", field));
    }

    private static <T> List<T> read(Connection connection, List<String> texts, List<byte[]> keys, Reader<T> reader) throws SQLException {
        List<T> all = new ArrayList<>();
        int most = KEYS[KEYS.length - 1];
        for (int at = 0; at < keys.size(); at += most) {
            List<byte[]> some = keys.subList(at, Math.min(keys.size(), at + most));
            int size = 0;
            while (KEYS[size] < some.size()) {
                size++;
            }
            try (PreparedStatement statement = connection.prepareStatement(texts.get(size))) {
                for (int i = 0; i < KEYS[size]; i++) {
                    statement.setBytes(i + 1, some.get(Math.min(i, some.size() - 1)));
                }
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        all.add(reader.read(rows));
                    }
                }
            }
        }
        return all;
    }

    private static PayOrder order(ResultSet row) throws SQLException {
        OrderTerms terms = new OrderTerms(OrderKind.byCode(row.getInt(5)),
                new AccountId(CardNo.ofBytes(row.getBytes(6)), AccountKind.byCode(row.getInt(7))), new PartyId(row.getInt(8)), row.getInt(9), Money.ofFen(row.getLong(10)));
        PayOrder order = PayOrder.there(OrderId.ofBytes(row.getBytes(1)), new CallKey(row.getString(2), row.getString(3)),
                RequestDigest.ofBytes(row.getBytes(4)), terms, Utc.instant(row.getObject(18, LocalDateTime.class)));
        order.heldFen = row.getLong(11);
        order.capturedFen = row.getLong(12);
        order.refundedFen = row.getLong(13);
        order.state = OrderState.byCode(row.getInt(14));
        order.reasonCode = row.getInt(15);
        order.steps = row.getInt(16);
        order.date = row.getObject(17, LocalDate.class);
        LocalDateTime expiresAt = row.getObject(19, LocalDateTime.class);
        order.expiresAt = expiresAt == null ? null : Utc.instant(expiresAt);
        order.openMessage = row.getInt(20);
        return order;
    }

    private static PayAccount account(ResultSet row) throws SQLException {
        AccountId id = new AccountId(CardNo.ofBytes(row.getBytes(1)), AccountKind.byCode(row.getInt(2)));
        PayAccount.Standing standing = new PayAccount.Standing(row.getLong(5), row.getLong(6), row.getLong(7), row.getObject(8, LocalDate.class), row.getLong(9));
        return new PayAccount(id, AccountState.byCode(row.getInt(3)), row.getInt(4), standing, Utc.instant(row.getObject(10, LocalDateTime.class)));
    }

    private static Map.Entry<OrderId, PaymentPlan.KnownCall> call(ResultSet row) throws SQLException {
        OrderId order = OrderId.ofBytes(row.getBytes(3));
        int reason = row.getInt(4);
        PaymentAnswer answer = reason != 0 ? new PaymentAnswer.Refused(order, PaymentRefusal.byCode(reason))
                : new PaymentAnswer.Done(order, OrderState.byCode(row.getInt(5)), Money.ofFen(row.getLong(6)), Utc.instant(row.getObject(7, LocalDateTime.class)));
        return Map.entry(OrderId.ofBytes(row.getBytes(1)), new PaymentPlan.KnownCall(RequestDigest.ofBytes(row.getBytes(2)), answer));
    }
}
