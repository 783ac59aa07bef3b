package cn.onecard.wire;

import cn.onecard.vocabulary.Tac;

/** What a card answered to CREDIT FOR LOAD, as a terminal reports it.
 *
 *  @param key idempotency key of this request
 *  @param orderKey key of the load
 *  @param tac the proof, if it is one */
public record LoadTacFrame(String key, String orderKey, Tac tac) {
    public LoadTacFrame {
        Range.checkKey("key", key);
        Range.checkKey("order_key", orderKey);
    }
}
