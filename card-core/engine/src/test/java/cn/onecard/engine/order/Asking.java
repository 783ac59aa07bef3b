package cn.onecard.engine.order;

import cn.onecard.engine.order.PaymentRequest.Change;
import cn.onecard.engine.order.PaymentRequest.Goal;
import cn.onecard.engine.order.PaymentRequest.Opening;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import java.time.Duration;
import java.time.Instant;

/** Requests as a shop, a clinic and a bank would make them. */
public final class Asking {
    /** The day on which the books begin. */
    public static final BusinessDate DAY = BusinessDate.parse("2026-11-25");
    /** When everything is received, unless a test says otherwise. */
    public static final Instant NOW = Instant.parse("2026-11-25T04:00:00.123Z");
    /** How long a hold lasts. */
    public static final Duration LIFETIME = Duration.ofMinutes(10);
    /** Who asks. */
    public static final String SHOP = "shop-7";

    private static final PartyId PARTY = new PartyId(7);
    private static final int SHOPPING = 20;

    private Asking() {}

    /** The wallet of a card. */
    public static AccountId wallet(int card) {
        return new AccountId(CardNo.ofDigits("3104" + "%016d".formatted(card)), AccountKind.WALLET);
    }

    static AccountId inFlight(int card) {
        return new AccountId(wallet(card).cardNo(), AccountKind.LOADS_IN_FLIGHT);
    }

    static CallKey key(String key) {
        return CallKey.ofCaller(SHOP, key);
    }

    static OrderId order(String key) {
        return OrderId.of(key(key));
    }

    static OrderTerms terms(OrderKind kind, AccountId account, long fen) {
        return new OrderTerms(kind, account, PARTY, SHOPPING, Money.ofFen(fen));
    }

    static Opening open(String key, OrderKind kind, AccountId account, long fen, Goal goal) {
        return Opening.of(key(key), terms(kind, account, fen), goal, LIFETIME, NOW);
    }

    /** A payment from a wallet, at once. */
    public static Opening pay(String key, int card, long fen) {
        return open(key, OrderKind.PAYMENT, wallet(card), fen, Goal.PAY);
    }

    static Opening hold(String key, int card, long fen) {
        return open(key, OrderKind.PAYMENT, wallet(card), fen, Goal.HOLD);
    }

    /** Cash for a wallet. */
    public static Opening deposit(String key, int card, long fen) {
        return open(key, OrderKind.DEPOSIT, wallet(card), fen, Goal.PAY);
    }

    static Change capture(String key, String order, long fen) {
        return Change.capture(key(key), order(order), Money.ofFen(fen), NOW);
    }

    static Change refund(String key, String order, long fen) {
        return Change.refund(key(key), order(order), Money.ofFen(fen), "returned", NOW);
    }

    static Change change(String key, String order, OrderEvent event) {
        return Change.of(key(key), order(order), event, "", NOW);
    }

    static Change expire(String order, Instant at) {
        return Change.of(CallKey.ofHouse("expiry", order), order(order), OrderEvent.EXPIRE, "its time is over", at);
    }
}
