package cn.onecard.engine.rail.unionpay;

import cn.onecard.engine.rail.iso8583.PosTransaction;
import cn.onecard.vocabulary.Money;
import java.util.Optional;
import java.util.UUID;

/** What a terminal is asked to do.
 *
 *  @param leg one leg of one order; the same leg asked again has the same outcome
 *  @param kind what
 *  @param card whose money
 *  @param amount more than nothing; of a balance, nothing
 *  @param original the approved transaction that is voided, cancelled, completed or refunded */
public record BankRequest(UUID leg, PosTransaction kind, CardEntry card, Money amount, Optional<BankTransaction> original) {
    public BankRequest {
        if (kind == PosTransaction.BALANCE ? amount.fen() != 0 : amount.fen() <= 0) {
            throw new IllegalArgumentException("not an amount of a " + kind);
        }
        if (kind.meansAnother() != original.isPresent()) {
            throw new IllegalArgumentException("a " + kind + (kind.meansAnother() ? " means another transaction" : " means no other transaction"));
        }
        if (original.isPresent() && original.get().state() != BankState.APPROVED) {
            throw new IllegalArgumentException("the original was not approved");
        }
    }

    /** A sale: what pays in a shop, and what funds a top-up. */
    public static BankRequest sale(UUID leg, CardEntry card, Money amount) {
        return new BankRequest(leg, PosTransaction.SALE, card, amount, Optional.empty());
    }

    /** The void of a whole sale on the day of the sale. */
    public static BankRequest voidOf(UUID leg, CardEntry card, BankTransaction sale) {
        return new BankRequest(leg, PosTransaction.SALE_VOID, card, sale.kept().findMoney(4).orElseThrow(), Optional.of(sale));
    }

    /** The refund of a sale, whole or in part. */
    public static BankRequest refund(UUID leg, CardEntry card, BankTransaction sale, Money amount) {
        return new BankRequest(leg, PosTransaction.REFUND, card, amount, Optional.of(sale));
    }
}
