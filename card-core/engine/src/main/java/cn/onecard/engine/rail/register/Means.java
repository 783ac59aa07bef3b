package cn.onecard.engine.rail.register;

import cn.onecard.engine.order.AccountId;
import cn.onecard.vocabulary.TapKey;

/** By what a sale was paid (支付方式). */
public sealed interface Means {
    /** Code of what an order pays. */
    int ON_LINE = 1;

    /** An account of a card, on line: by the card itself, or by a code that stood for it. */
    record OnLine(AccountId account) implements Means {}

    /** The purse on the card; the tap comes by the way of all taps. */
    record Purse(TapKey tap) implements Means {}

    /** Not by the card: the till only reports it. */
    enum Otherwise implements Means {
        CASH(3), BANK_CARD(4), OTHER_CODE(5);

        private final int code;

        Otherwise(int code) {
            this.code = code;
        }
    }

    /** That of the rows. */
    default int code() {
        return switch (this) {
            case OnLine account -> ON_LINE;
            case Purse purse -> 2;
            case Otherwise otherwise -> otherwise.code;
        };
    }
}
