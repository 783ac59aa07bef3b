package cn.onecard.wire;

import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TerminalId;

/** A payment from the wallet of a card, as a terminal asks for it: every field in range, nothing decided yet.
 *
 *  @param key idempotency key of the gateway, 1 to 64 visible ASCII characters; names the order from now on
 *  @param terminal where
 *  @param cardNo whose wallet
 *  @param serviceCode for what, 1 to 255
 *  @param amount 0 to 2^32-1 fen
 *  @param lifetimeSeconds how long the money may be held, 1 to 86400; 0 if it is paid at once */
public record PaymentFrame(String key, TerminalId terminal, CardNo cardNo, int serviceCode, Money amount, int lifetimeSeconds) {
    private static final int DAY_SECONDS = 86_400;

    public PaymentFrame {
        Range.checkKey("key", key);
        Range.check("service_code", serviceCode, 0xFF);
        if (serviceCode == 0) {
            throw new MalformedFrame("service_code is missing");
        }
        Range.check("amount_fen", amount.fen(), Debit.MAX_FEN);
        Range.check("lifetime_seconds", lifetimeSeconds, DAY_SECONDS);
    }
}
