package cn.onecard.engine.order;

import cn.onecard.engine.post.Calendar;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.CardNo;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** One transaction of a payment shard: locks its shard, the orders and the accounts that its requests are about, decides in memory,
 *  writes, commits.
 *
 *  <p><b>Date.</b> The date read under the lock of the shard stands on every row, as it does for taps.
 *
 *  <p><b>Keys.</b> An order that another node opens at the same moment is not there when we look, and makes our insert fail: the
 *  batch is run again and finds it.
 *
 *  <p><b>Repeating.</b> A commit whose answer was lost may have happened. Then every request of the batch finds its order or its
 *  call, and gets from there the answer that was lost. */
final class PaymentTransaction {
    private final String shard;
    private final OrderReads reads;
    private final OrderRows rows;
    private final Calendar calendar;
    private final PaymentLimits limits;

    PaymentTransaction(String shard, OrderReads reads, OrderRows rows, Calendar calendar, PaymentLimits limits) {
        this.shard = shard;
        this.reads = reads;
        this.rows = rows;
        this.calendar = calendar;
        this.limits = limits;
    }

    /** Decides requests one after the other and commits, or throws and rolls back.
     *
     *  @return one answer for each, in order */
    List<PaymentAnswer> run(Connection connection, List<PaymentRequest> requests) throws SQLException {
        if (connection.getAutoCommit()) {
            connection.setAutoCommit(false);
        }
        try {
            BusinessDate date = lockedDate(connection);
            PaymentPlan plan = new PaymentPlan(date, limits, lockedRows(connection, requests));
            List<PaymentAnswer> answers = new ArrayList<>(requests.size());
            for (PaymentRequest request : requests) {
                answers.add(plan.decide(request));
            }
            rows.write(connection, date, plan);
            connection.commit();
            return List.copyOf(answers);
        } catch (SQLException | RuntimeException e) {
            rollBack(connection, e);
            throw e;
        }
    }

    private BusinessDate lockedDate(Connection connection) throws SQLException {
        Optional<BusinessDate> date = reads.lockShard(connection, shard);
        if (date.isPresent()) {
            return date.get();
        }
        connection.rollback();
        calendar.openShard(shard);
        return reads.lockShard(connection, shard).orElseThrow(() -> new SQLException("the shard " + shard + " is gone again"));
    }

    private PaymentPlan.Rows lockedRows(Connection connection, List<PaymentRequest> requests) throws SQLException {
        SortedSet<OrderId> calls = new TreeSet<>();
        SortedSet<OrderId> named = new TreeSet<>();
        SortedSet<CardNo> cards = new TreeSet<>();
        for (PaymentRequest request : requests) {
            calls.add(OrderId.of(request.call()));
            named.add(request.order());
            if (request instanceof PaymentRequest.Opening opening) {
                cards.add(opening.terms().account().cardNo());
            }
        }
        named.addAll(calls);
        List<PayOrder> orders = reads.lockOrders(connection, named);
        orders.forEach(order -> cards.add(order.terms.account().cardNo()));
        return new PaymentPlan.Rows(orders, reads.lockAccounts(connection, cards), reads.findCalls(connection, calls));
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException broken) {
            cause.addSuppressed(broken);
        }
    }
}
