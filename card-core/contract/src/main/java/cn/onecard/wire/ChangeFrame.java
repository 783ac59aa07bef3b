package cn.onecard.wire;

import cn.onecard.vocabulary.Money;
import java.util.Optional;

/** What is to become of an order, as a terminal asks for it.
 *
 *  @param key idempotency key of this request
 *  @param orderKey key of the order
 *  @param amount of a capture or refund, 0 to 2^32-1 fen; without one, all there is */
public record ChangeFrame(String key, String orderKey, Optional<Money> amount) {
    public ChangeFrame {
        Range.checkKey("key", key);
        Range.checkKey("order_key", orderKey);
        amount.ifPresent(some -> Range.check("amount_fen", some.fen(), Debit.MAX_FEN));
    }
}
