package cn.onecard.engine.flow;

import cn.onecard.engine.medical.MedicalSettlement;
import cn.onecard.engine.order.AccountId;
import cn.onecard.engine.order.AccountKind;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.OpenOrders;
import cn.onecard.engine.order.OrderEvent;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.OrderKind;
import cn.onecard.engine.order.OrderState;
import cn.onecard.engine.order.OrderTerms;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentRefusal;
import cn.onecard.engine.order.PaymentRequest.Change;
import cn.onecard.engine.order.PaymentRequest.Goal;
import cn.onecard.engine.order.PaymentRequest.Opening;
import cn.onecard.vocabulary.Money;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/** The parts of a medical bill that the card pays: cash from the wallet, and from the medical account what the city has contracted.
 *  Every step has a key made of the settlement's number, so that it is done once however often it is asked for.
 *
 *  <p>From the moment the insurance is asked, a hold is {@link OrderState#UNKNOWN}: it cannot expire while nobody knows whether the
 *  bill was settled. */
final class CardLegs {
    private static final String PART = "medical";
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final PaymentCorridor corridor;
    private final OpenOrders orders;
    private final Terms terms;
    private final Clock clock;

    /** What the card pays for.
     *
     *  @param serviceCode of the orders
     *  @param isAccountContracted whether the card's medical account pays the part of the personal account */
    public record Terms(int serviceCode, boolean isAccountContracted) {}

    CardLegs(PaymentCorridor corridor, OpenOrders orders, Terms terms, Clock clock) {
        this.corridor = corridor;
        this.orders = orders;
        this.terms = terms;
        this.clock = clock;
    }

    /** One account's part.
     *
     *  @param name part of its orders' keys */
    private record CardLeg(String name, AccountKind account, Money quoted, Money settled) {
        /** What the settlement asks beyond what was held. */
        Money more() {
            return settled.compareTo(quoted) > 0 ? settled.minus(quoted) : Money.ZERO;
        }

        /** What of the hold is paid. */
        Money ofTheHold() {
            return settled.compareTo(quoted) < 0 ? settled : quoted;
        }
    }

    private List<CardLeg> legs(MedicalSettlement settlement) {
        CardLeg cash = new CardLeg("cash", AccountKind.WALLET, settlement.quoted().cash(), settlement.split().cash());
        CardLeg account = new CardLeg("account", AccountKind.MEDICAL, settlement.quoted().personalAccount(), settlement.split().personalAccount());
        return terms.isAccountContracted() ? List.of(cash, account) : List.of(cash);
    }

    /** Holds what was quoted, on all accounts, and marks it as asked for.
     *
     *  @return why not; what was held is then for {@link #release} to free */
    Optional<PaymentRefusal> hold(MedicalSettlement settlement) throws InterruptedException, ExecutionException {
        for (CardLeg leg : legs(settlement)) {
            if (leg.quoted().equals(Money.ZERO)) {
                continue;
            }
            CallKey key = key(settlement, leg, "");
            Optional<PaymentRefusal> refusal = refusal(open(settlement, leg, key, leg.quoted(), Goal.HOLD));
            if (refusal.isEmpty()) {
                refusal = refusal(change(settlement, leg, OrderId.of(key), OrderEvent.LOSE, Optional.empty(), "the insurance is asked"));
            }
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    /** Pays what was settled: the same as was held, or less of it, or more by a second order.
     *
     *  @return why not, if a second order was refused; what was held and paid is then for {@link #release} */
    Optional<PaymentRefusal> pay(MedicalSettlement settlement) throws InterruptedException, ExecutionException {
        for (CardLeg leg : legs(settlement)) {
            if (!leg.more().equals(Money.ZERO)) {
                Optional<PaymentRefusal> refusal = refusal(open(settlement, leg, key(settlement, leg, "-more"), leg.more(), Goal.PAY));
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
        }
        for (CardLeg leg : legs(settlement)) {
            if (leg.quoted().equals(Money.ZERO)) {
                continue;
            }
            OrderId order = OrderId.of(key(settlement, leg, ""));
            PaymentAnswer answer = leg.ofTheHold().equals(Money.ZERO)
                    ? change(settlement, leg, order, OrderEvent.PROVE_UNDONE, Optional.empty(), "settled without this part")
                    : change(settlement, leg, order, OrderEvent.PROVE_DONE, Optional.of(leg.ofTheHold()), "settled");
            if (answer instanceof PaymentAnswer.Refused refused) {
                throw new IllegalStateException("the held part of " + settlement + " was not paid: " + refused.reason());
            }
        }
        return Optional.empty();
    }

    /** Frees what is held and gives back what was paid, and sees to it that nobody who comes late holds anything. */
    void release(MedicalSettlement settlement) throws InterruptedException, ExecutionException {
        for (CardLeg leg : legs(settlement)) {
            if (!leg.quoted().equals(Money.ZERO)) {
                CallKey key = key(settlement, leg, "");
                if (orders.find(OrderId.of(key)).isEmpty()) {
                    // Takes the place of the hold: another request under its key is a conflict from now on.
                    open(settlement, leg, key, leg.quoted(), Goal.QUOTE);
                }
                undo(settlement, leg, "");
            }
            undo(settlement, leg, "-more");
        }
    }

    /** Undoes an order, wherever somebody else takes it meanwhile: from held it may go to unknown, and from there nowhere else. */
    private void undo(MedicalSettlement settlement, CardLeg leg, String which) throws InterruptedException, ExecutionException {
        OrderId order = OrderId.of(key(settlement, leg, which));
        Set<OrderEvent> tried = EnumSet.noneOf(OrderEvent.class);
        Optional<OrderEvent> event = orders.find(order).flatMap(view -> undoing(view.state()));
        while (event.isPresent()) {
            if (!tried.add(event.get())) {
                throw new IllegalStateException("order " + order + " of " + settlement + " was not given back");
            }
            CallKey call = key(settlement, leg, which + "-" + event.get());
            corridor.take(Change.of(call, order, event.get(), "nothing stands at the insurance", clock.instant())).get();
            event = orders.find(order).flatMap(view -> undoing(view.state()));
        }
    }

    private static Optional<OrderEvent> undoing(OrderState state) {
        return switch (state) {
            case UNKNOWN -> Optional.of(OrderEvent.PROVE_UNDONE);
            case HELD, QUOTED -> Optional.of(OrderEvent.VOID);
            case CAPTURED, PARTLY_REFUNDED -> Optional.of(OrderEvent.REFUND_PART);
            case NONE, VOIDED, REFUNDED, EXPIRED, REFUSED -> Optional.empty();
        };
    }

    private PaymentAnswer open(MedicalSettlement settlement, CardLeg leg, CallKey key, Money amount, Goal goal) throws InterruptedException, ExecutionException {
        AccountId account = new AccountId(settlement.terms().cardNo(), leg.account());
        OrderTerms order = new OrderTerms(OrderKind.PAYMENT, account, settlement.terms().institution(), terms.serviceCode(), amount);
        return corridor.take(Opening.of(key, order, goal, LIFETIME, clock.instant())).get();
    }

    private PaymentAnswer change(MedicalSettlement settlement, CardLeg leg, OrderId order, OrderEvent event, Optional<Money> amount, String reason)
            throws InterruptedException, ExecutionException {
        return corridor.take(new Change(key(settlement, leg, "-" + event), order, event, amount, reason, clock.instant())).get();
    }

    private static CallKey key(MedicalSettlement settlement, CardLeg leg, String step) {
        return CallKey.ofHouse(PART, settlement.id() + "-" + leg.name() + step);
    }

    private static Optional<PaymentRefusal> refusal(PaymentAnswer answer) {
        return answer instanceof PaymentAnswer.Refused refused ? Optional.of(refused.reason()) : Optional.empty();
    }
}
