package cn.onecard.settlement.demo;

import cn.onecard.settlement.city.CityPayments;
import cn.onecard.settlement.city.CityPayments.Act;
import cn.onecard.settlement.city.CityPayments.Errand;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** What people were told at the counters, beside what was planned: the books must say the same.
 *
 *  @param planned errands
 *  @param plannedDepositsFen paid into wallets, by the plan
 *  @param told the report of the counters: how many errands were done, and what each kind came to
 *  @param statements of the billers, each held against our books */
record ErrandReport(long planned, long plannedDepositsFen, JsonNode told, List<JsonNode> statements) {
    private static final Map<String, Act> PAID = Map.of("RETAIL", Act.SALE, "UTILITY", Act.BILL, "MEDICAL", Act.VISIT);
    private static final Map<String, Act> TAKEN_BACK = Map.of("RETAIL", Act.REFUND, "UTILITY", Act.CANCEL_BILL, "MEDICAL", Act.CANCEL_VISIT);

    static ErrandReport of(List<Errand> errands, JsonNode told, List<JsonNode> statements) {
        return new ErrandReport(errands.size(), errands.stream().filter(one -> one.act() == Act.CASH || one.act() == Act.DEPOSIT)
                .mapToLong(one -> one.amount().fen()).reduce(0, Math::addExact), told, List.copyOf(statements));
    }

    /** What the billers say that they were paid. */
    long billedFen() {
        return statements.stream().mapToLong(one -> one.path("totalFen").asLong()).reduce(0, Math::addExact);
    }

    /** What people were told that they paid to billers who have statements, less what was taken back. */
    long toldBilledFen() {
        return CityPayments.BILLERS.stream().filter(CityPayments.CityBiller::hasStatement).mapToLong(one -> told.path("billsFen").path(one.name()).asLong())
                .reduce(0, Math::addExact);
    }

    /** Payments on which a biller and our books disagree. */
    long cases() {
        return statements.stream().mapToLong(one -> one.path("cases").asLong(1)).sum();
    }

    long asked() {
        return told.path("asked").asLong();
    }

    long done() {
        return told.path("done").asLong();
    }

    /** Paid into wallets, in cash and from bank cards. */
    long depositedFen() {
        return Math.addExact(fen(Act.CASH), fen(Act.DEPOSIT));
    }

    /** Paid in a domain of the settlement; nothing for one that has no counter. */
    long paidFen(String domain) {
        return PAID.containsKey(domain) ? fen(PAID.get(domain)) : 0;
    }

    /** Given back in a domain of the settlement. */
    long takenBackFen(String domain) {
        return TAKEN_BACK.containsKey(domain) ? fen(TAKEN_BACK.get(domain)) : 0;
    }

    /** What wallets paid for, less what was given back. */
    long spentFen() {
        return PAID.keySet().stream().mapToLong(domain -> Math.subtractExact(paidFen(domain), takenBackFen(domain))).reduce(0, Math::addExact);
    }

    private long fen(Act act) {
        return told.path("fen").path(act.name()).asLong();
    }
}
