package cn.onecard.engine.rail.register;

import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.RequestDigest;
import cn.onecard.vocabulary.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is to be given back of a sale (退货退款): some of its lines, or an amount, or, with neither, all that is left.
 *
 *  @param call the till's key of this refund
 *  @param reason why, at most 80 characters */
public record RefundAsk(CallKey call, OrderId sale, List<Part> parts, Optional<Money> amount, String reason) {
    public RefundAsk {
        parts = List.copyOf(parts);
        if (!parts.isEmpty() && amount.isPresent()) {
            throw new IllegalArgumentException("a refund is by lines or by amount");
        }
        if (parts.stream().map(Part::lineNo).distinct().count() < parts.size()) {
            throw new IllegalArgumentException("a refund names a line once");
        }
    }

    /** So much of a line.
     *
     *  @param qtyMilli in thousandths of a unit, positive */
    public record Part(int lineNo, long qtyMilli) {
        public Part {
            if (qtyMilli <= 0) {
                throw new IllegalArgumentException("something of a line is given back, not " + qtyMilli);
            }
        }
    }

    byte[] digest() {
        List<Object> said = new ArrayList<>(List.of(sale, amount.map(Money::fen), reason));
        parts.forEach(part -> said.addAll(List.of(part.lineNo(), part.qtyMilli())));
        return RequestDigest.of(said).bytes();
    }
}
