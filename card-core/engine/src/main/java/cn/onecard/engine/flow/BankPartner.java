package cn.onecard.engine.flow;

import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.outbox.Partner;
import cn.onecard.engine.outbox.PartnerAnswer;
import cn.onecard.engine.outbox.PartnerMessage;
import cn.onecard.engine.rail.unionpay.BankAnswer;
import cn.onecard.engine.rail.unionpay.BankOutcome;
import cn.onecard.engine.rail.unionpay.BankRequest;
import cn.onecard.engine.rail.unionpay.CardEntry;
import cn.onecard.engine.rail.unionpay.PosTerminal;
import cn.onecard.vocabulary.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A bank as the partner desk knows it: a sale on one of our terminals. What was read of a bank card is kept in memory alone, until it is
 *  sent; a node that dies takes it along, and the message is given up in time.
 *
 *  <p>What nobody knows is reversed by the terminal itself; when the desk asks, the terminal's journal answers. */
public final class BankPartner implements Partner {
    /** The name that messages bear. */
    public static final String NAME = "unionpay";

    private final List<PosTerminal> terminals;
    private final Map<OrderId, Waiting> waiting = new ConcurrentHashMap<>();
    /** Those whose turn at their terminal has not ended: of them the journal's silence says nothing. */
    private final Set<OrderId> acting = ConcurrentHashMap.newKeySet();

    /** A card whose sale is not sent yet. */
    private record Waiting(CardEntry card, Money amount, Instant until) {}

    /** @param terminals at least one; always in the same order, for a sale stays with its terminal */
    public BankPartner(List<PosTerminal> terminals) {
        this.terminals = List.copyOf(terminals);
    }

    /** Keeps a card for the message of an order.
     *
     *  @param until when it is forgotten */
    void keep(OrderId order, CardEntry card, Money amount, Instant now, Duration until) {
        waiting.values().removeIf(one -> now.isAfter(one.until()));
        waiting.put(order, new Waiting(card, amount, now.plus(until)));
    }

    /** Forgets a card. */
    void forget(OrderId order) {
        waiting.remove(order);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public PartnerAnswer act(PartnerMessage message) {
        acting.add(message.order());
        try {
            Optional<Waiting> found = Optional.ofNullable(waiting.remove(message.order()));
            return found.map(one -> answer(terminal(message.order()).transact(BankRequest.sale(leg(message.order()), one.card(), one.amount()))))
                    .orElseGet(() -> new PartnerAnswer.NotSent("the bank card is not here"));
        } finally {
            acting.remove(message.order());
        }
    }

    @Override
    public PartnerAnswer ask(PartnerMessage message) {
        if (acting.contains(message.order())) {
            return new PartnerAnswer.Processing();
        }
        return terminal(message.order()).findOutcome(leg(message.order())).map(BankPartner::answer).orElseGet(() -> new PartnerAnswer.Rejected("it never left"));
    }

    private static PartnerAnswer answer(BankOutcome outcome) {
        return switch (outcome) {
            case BankOutcome.Done done -> new PartnerAnswer.Confirmed(done.transaction().answer().flatMap(BankAnswer::reference).orElse(""), Optional.empty(), "");
            case BankOutcome.Declined declined -> new PartnerAnswer.Rejected(declined.code().code());
            case BankOutcome.NotDone notDone -> new PartnerAnswer.Rejected(notDone.why().name());
            case BankOutcome.Stored() -> new PartnerAnswer.Processing();
            case BankOutcome.Unknown() -> new PartnerAnswer.Processing();
            case BankOutcome.Case() -> new PartnerAnswer.Unknown("it could not be reversed: a case");
        };
    }

    private PosTerminal terminal(OrderId order) {
        return terminals.get(Math.floorMod(Long.hashCode(order.low()), terminals.size()));
    }

    private static UUID leg(OrderId order) {
        return new UUID(order.high(), order.low());
    }
}
