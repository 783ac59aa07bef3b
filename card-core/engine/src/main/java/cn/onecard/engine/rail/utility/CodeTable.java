package cn.onecard.engine.rail.utility;

import cn.onecard.vocabulary.Money;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** What the codes of a biller mean. A code that stands nowhere means that nobody knows.
 *
 *  @param done it was done
 *  @param processing it is being done
 *  @param notFound no such payment
 *  @param refused it was not done and never will be */
public record CodeTable(Set<String> done, Set<String> processing, Set<String> notFound, Set<String> refused) {
    public CodeTable {
        done = Set.copyOf(done);
        processing = Set.copyOf(processing);
        notFound = Set.copyOf(notFound);
        refused = Set.copyOf(refused);
        Set<String> seen = new HashSet<>();
        if (done.isEmpty() || !Stream.of(done, processing, notFound, refused).flatMap(Set::stream).allMatch(seen::add)) {
            throw new IllegalArgumentException("codes: each means one thing, and one of them that it was done");
        }
    }

    /** What a biller reported of a payment.
     *
     *  @param orderNo that it speaks of
     *  @param amount that it did */
    @SuppressWarnings("ArrayRecordComponent")      // bytes as they came; never compared
    record Report(String orderNo, String code, String reference, Money amount, byte[] fulfilment) {}

    /** What an authentic report means for a payment. */
    BillerAnswer judge(BillPayment payment, Report report) {
        if (!report.orderNo().equals(payment.orderNo())) {
            return new BillerAnswer.Unknown("it speaks of another order");
        }
        if (processing.contains(report.code())) {
            return new BillerAnswer.Processing();
        }
        if (notFound.contains(report.code())) {
            return new BillerAnswer.NotFound();
        }
        if (refused.contains(report.code())) {
            return new BillerAnswer.Rejected(report.code());
        }
        if (!done.contains(report.code())) {
            return new BillerAnswer.Unknown("nobody knows what its code means");
        }
        return report.amount().equals(payment.amount()) && !report.reference().isBlank()
                ? new BillerAnswer.Confirmed(report.reference(), report.amount(), report.fulfilment())
                : new BillerAnswer.Unknown("it confirms another amount, or without a reference");
    }
}
