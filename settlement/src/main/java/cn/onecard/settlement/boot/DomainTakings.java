package cn.onecard.settlement.boot;

import cn.onecard.settlement.clear.Takings;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was taken in a domain on one day.
 *
 *  @param refunded below zero, or nothing */
record DomainTakings(Sum tapped, Sum paid, Sum refunded) {
    /** So many, of so much together. */
    record Sum(long count, long fen) {
        private static final Sum NONE = new Sum(0, 0);

        Sum plus(Sum more) {
            return new Sum(Math.addExact(count, more.count), Math.addExact(fen, more.fen));
        }
    }

    static DomainTakings of(Takings takings) {
        Sum sum = new Sum(takings.count(), takings.gross().fen());
        return switch (takings.source()) {
            case TAPS -> new DomainTakings(sum, Sum.NONE, Sum.NONE);
            case PAYMENTS -> new DomainTakings(Sum.NONE, sum, Sum.NONE);
            case REFUNDS -> new DomainTakings(Sum.NONE, Sum.NONE, sum);
        };
    }

    DomainTakings plus(DomainTakings more) {
        return new DomainTakings(tapped.plus(more.tapped), paid.plus(more.paid), refunded.plus(more.refunded));
    }

    Sum all() {
        return tapped.plus(paid).plus(refunded);
    }

    Map<String, Object> describe(String domain) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("domain", domain);
        fields.put("taps", tapped.count());
        fields.put("tappedFen", tapped.fen());
        fields.put("payments", paid.count());
        fields.put("paidFen", paid.fen());
        fields.put("refunds", refunded.count());
        fields.put("refundedFen", refunded.fen());
        fields.put("netFen", all().fen());
        return fields;
    }
}
