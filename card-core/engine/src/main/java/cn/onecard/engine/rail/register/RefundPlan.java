package cn.onecard.engine.rail.register;

import cn.onecard.vocabulary.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Works out what a refund comes to, given what is left of a sale.
 *
 *  <p>Of a line goes back what its net amount is for the quantity, worked out over all that has gone back of it so far, so that
 *  parts add up to the whole to the fen. Who brings the last of the last line gets what is left of the sale: its rounding goes back
 *  with it. */
final class RefundPlan {
    private final Money left;
    private final Map<Integer, LineLeft> lines;

    /** A plan for a sale.
     *
     *  @param left of what was paid
     *  @param lines what the sale had, and what has gone back of it */
    RefundPlan(Money left, Map<Integer, LineLeft> lines) {
        this.left = left;
        this.lines = lines;
    }

    /** A line, and how much of it has gone back. */
    record LineLeft(long qtyMilli, Money net, long backMilli) {
        private long amountFen(long milli) {
            return qtyMilli == 0 ? 0 : Math.floorDiv(Math.addExact(Math.multiplyExact(net.fen(), milli), qtyMilli / 2), qtyMilli);
        }

        Money amount(long milli) {
            return Money.ofFen(amountFen(backMilli + milli) - amountFen(backMilli));
        }
    }

    /** What a refund comes to. */
    sealed interface Outcome {
        /** So much goes back.
         *
         *  @param parts of the lines, with their amounts before rounding */
        record Back(Money amount, List<PartBack> parts) implements Outcome {}

        /** Nothing goes back. */
        record Refused(SaleRefusal reason) implements Outcome {}
    }

    /** A part of a line that goes back. */
    record PartBack(RefundAsk.Part part, Money amount) {}

    Outcome decide(RefundAsk ask) {
        if (ask.parts().isEmpty()) {
            return within(ask.amount().orElse(left), List.of());
        }
        List<PartBack> back = new ArrayList<>();
        for (RefundAsk.Part part : ask.parts()) {
            LineLeft line = lines.get(part.lineNo());
            if (line == null) {
                return new Outcome.Refused(SaleRefusal.LINE_UNKNOWN);
            }
            if (part.qtyMilli() > line.qtyMilli() - line.backMilli()) {
                return new Outcome.Refused(SaleRefusal.ABOVE_LINE);
            }
            back.add(new PartBack(part, line.amount(part.qtyMilli())));
        }
        long milliLeft = lines.values().stream().mapToLong(line -> line.qtyMilli() - line.backMilli()).sum();
        boolean isLast = milliLeft == ask.parts().stream().mapToLong(RefundAsk.Part::qtyMilli).sum();
        return within(isLast ? left : back.stream().map(PartBack::amount).reduce(Money.ZERO, Money::plus), back);
    }

    private Outcome within(Money amount, List<PartBack> parts) {
        if (amount.compareTo(left) > 0) {
            return new Outcome.Refused(SaleRefusal.ABOVE_SALE);
        }
        return amount.fen() <= 0 ? new Outcome.Refused(SaleRefusal.NOTHING_LEFT) : new Outcome.Back(amount, parts);
    }
}
