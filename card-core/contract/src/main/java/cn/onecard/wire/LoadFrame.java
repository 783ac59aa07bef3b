package cn.onecard.wire;

import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TerminalId;

/** A card that is to be loaded, as a terminal reports it after INIT FOR LOAD: every field in range, nothing proved yet.
 *
 *  @param key idempotency key of the gateway, 1 to 64 visible ASCII characters; names the order from now on
 *  @param terminal as the card was told
 *  @param cardNo which card
 *  @param source where the money comes from
 *  @param amount to be loaded, 0 to 2^32-1 fen, and with the old balance not above that either
 *  @param init what the card answered
 *  @param mac1 by which it says that it is that card; four bytes */
public record LoadFrame(String key, TerminalId terminal, CardNo cardNo, Source source, Money amount, CardInit init, int mac1) {
    public LoadFrame {
        Range.checkKey("key", key);
        Range.check("amount_fen", amount.fen(), Debit.MAX_FEN);
        Range.check("old_balance_fen and amount_fen together", init.oldBalance().plus(amount).fen(), Debit.MAX_FEN);
    }

    /** Where the money of a load comes from. */
    public enum Source {
        /** The wallet of the card. */
        WALLET,
        /** Cash, taken at the terminal. */
        CASH,
        /** A bank card, charged at the terminal. */
        BANK_CARD
    }

    /** What a card answers to INIT FOR LOAD, but for MAC1.
     *
     *  @param oldBalance 0 to 2^32-1 fen
     *  @param onlineCounter before the load, 0 to 65535
     *  @param keyVersion 0 to 255
     *  @param algorithm algorithm byte, 0 to 255; kept, never decided by
     *  @param random four bytes */
    public record CardInit(Money oldBalance, int onlineCounter, int keyVersion, int algorithm, int random) {
        public CardInit {
            Range.check("old_balance_fen", oldBalance.fen(), Debit.MAX_FEN);
            Range.check("online_counter", onlineCounter, 0xFFFF);
            Range.check("key_version", keyVersion, 0xFF);
            Range.check("algorithm", algorithm, 0xFF);
        }
    }
}
