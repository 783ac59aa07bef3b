package cn.onecard.settlement.demo;

import cn.onecard.settlement.city.CityPayments.Act;
import cn.onecard.settlement.city.CityPayments.Payment;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the payments of a plan must lead to, counted from the plan alone.
 *
 *  @param asked requests
 *  @param depositedFen paid into wallets
 *  @param paidFen captured, by domain
 *  @param refundedFen given back, by domain */
record PlannedPayments(long asked, long depositedFen, Map<String, Long> paidFen, Map<String, Long> refundedFen) {
    static PlannedPayments of(List<Payment> payments) {
        return new PlannedPayments(payments.size(), payments.stream().filter(payment -> payment.act() == Act.DEPOSIT)
                .mapToLong(payment -> payment.amount().fen()).reduce(0, Math::addExact),
                byDomain(payments, List.of(Act.PAY, Act.CAPTURE)), byDomain(payments, List.of(Act.REFUND)));
    }

    /** What wallets paid for, less what was given back. */
    long spentFen() {
        return Math.subtractExact(sum(paidFen), sum(refundedFen));
    }

    private static Map<String, Long> byDomain(List<Payment> payments, List<Act> acts) {
        Map<String, Long> sums = new TreeMap<>();
        payments.stream().filter(payment -> acts.contains(payment.act()))
                .forEach(payment -> sums.merge(payment.service().getFirst().domain(), payment.amount().fen(), Math::addExact));
        return sums;
    }

    private static long sum(Map<String, Long> fen) {
        return fen.values().stream().reduce(0L, Math::addExact);
    }
}
