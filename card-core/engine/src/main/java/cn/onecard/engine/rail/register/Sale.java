package cn.onecard.engine.rail.register;

import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.RequestDigest;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** A sale as the till says (销售单).
 *
 *  @param call who reports it, and the till's number of it: the same key is the same sale
 *  @param amount paid, or to be paid
 *  @param soldAt as the till's clock said, to the millisecond */
public record Sale(CallKey call, Till till, Basket basket, Money amount, Means means, Instant soldAt) {
    private static final int LONGEST = 32;

    public Sale {
        soldAt = soldAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /** A cash register (收银机).
     *
     *  @param party whose shop it stands in
     *  @param serviceCode what that shop is to settlement
     *  @param store number of the shop, as the merchant gives it: 1 to 32 visible ASCII characters
     *  @param number of the till in the shop, likewise */
    public record Till(PartyId party, int serviceCode, String store, String number) {
        public Till {
            for (String text : new String[] {store, number}) {
                if (text.isEmpty() || text.length() > LONGEST || !text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
                    throw new IllegalArgumentException("shops and tills have numbers of 1 to " + LONGEST + " visible ASCII characters");
                }
            }
        }
    }

    /** Number of the sale, which is that of its order. */
    public OrderId id() {
        return OrderId.of(call);
    }

    /** Stands for everything that the till said. */
    byte[] digest() {
        List<Object> parts = new ArrayList<>(List.of(till.party, till.serviceCode, till.store, till.number, amount.fen(), soldAt));
        parts.addAll(switch (means) {
            case Means.OnLine line -> List.of("account", line.account().cardNo().digits(), line.account().kind());
            case Means.Purse purse -> List.of("purse", purse.tap().terminal().value(), purse.tap().psamSeq());
            case Means.Otherwise otherwise -> List.of("otherwise", otherwise);
        });
        parts.addAll(List.of(basket.totals().gross().fen(), basket.totals().discount().fen(), basket.totals().net().fen(), basket.rounding().fen(),
                basket.tax().map(Money::fen), basket.lines().size()));
        for (SaleLine line : basket.lines()) {
            SaleLine.Article article = line.article();
            parts.addAll(List.of(line.lineNo(), article.sku(), article.ean(), article.name(), article.unit(), article.category().system(),
                    article.category().code()));
            parts.addAll(List.of(line.qtyMilli(), line.unitPrice().fen(), line.amounts().gross().fen(), line.amounts().discount().fen(), line.amounts().net().fen(),
                    line.tax().map(Money::fen)));
        }
        return RequestDigest.of(parts).bytes();
    }
}
