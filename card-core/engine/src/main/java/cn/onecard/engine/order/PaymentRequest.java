package cn.onecard.engine.order;

import cn.onecard.vocabulary.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is asked of the payment corridor: to open an order, or to change one. */
public sealed interface PaymentRequest {
    /** Who asks, and by which key. */
    CallKey call();

    /** When it was received, to the millisecond. */
    Instant receivedAt();

    /** The order that is meant. */
    OrderId order();

    /** Stands for everything that the caller said. */
    RequestDigest digest();

    /** Throws unless it is a reason: at most 80 characters, none of them 0. */
    private static void requireReason(String reason) {
        if (reason.length() > 80 || reason.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a reason has at most 80 characters");
        }
    }

    /** How far an order goes when it is opened. */
    enum Goal {
        /** Only its price is named. */
        QUOTE(OrderState.QUOTED),
        /** Money is held. */
        HOLD(OrderState.HELD),
        /** Money is held and captured, at once. */
        PAY(OrderState.CAPTURED);

        private final OrderState reached;

        Goal(OrderState reached) {
            this.reached = reached;
        }

        OrderState reached() {
            return reached;
        }
    }

    /** Opens an order.
     *
     *  @param lifetime how long a quote or a hold lasts
     *  @param load if a card is to be loaded
     *  @param outgoing if a partner decides: what it is told once the money is held. Such a hold ends by what becomes of the message,
     *      and {@code lifetime} is how long the message may wait to be sent
     *  @param reason why or where, at most 80 characters; it stands on the first steps */
    record Opening(CallKey call, OrderTerms terms, Goal goal, Duration lifetime, Optional<LoadTerms> load, Optional<Outgoing> outgoing, String reason,
            Instant receivedAt) implements PaymentRequest {
        public Opening {
            requireReason(reason);
            receivedAt = receivedAt.truncatedTo(ChronoUnit.MILLIS);
            if (lifetime.isNegative() || lifetime.isZero()) {
                throw new IllegalArgumentException("a hold lasts some time, not " + lifetime);
            }
            if (outgoing.isPresent() && (goal != Goal.HOLD || load.isPresent())) {
                throw new IllegalArgumentException("a partner is told of a hold, and of nothing else");
            }
        }

        /** A hold that a partner decides. */
        public static Opening by(Outgoing message, CallKey call, OrderTerms terms, Duration lifetime, Instant receivedAt) {
            return new Opening(call, terms, Goal.HOLD, lifetime, Optional.empty(), Optional.of(message), "", receivedAt);
        }

        /** An order without a load. */
        public static Opening of(CallKey call, OrderTerms terms, Goal goal, Duration lifetime, Instant receivedAt) {
            return new Opening(call, terms, goal, lifetime, Optional.empty(), Optional.empty(), "", receivedAt);
        }

        /** The hold of a card's load.
         *
         *  @param load what card and host agreed on */
        public static Opening ofLoad(LoadTerms load, CallKey call, OrderTerms terms, Duration lifetime, Instant receivedAt) {
            return new Opening(call, terms, Goal.HOLD, lifetime, Optional.of(load), Optional.empty(), "", receivedAt);
        }

        /** The same for that reason. */
        public Opening because(String why) {
            return new Opening(call, terms, goal, lifetime, load, outgoing, why, receivedAt);
        }

        @Override
        public OrderId order() {
            return OrderId.of(call);
        }

        @Override
        public RequestDigest digest() {
            // The host's time is the host's: a request sent again brings another one.
            Object also = load.<Object>map(one -> one.terminal().value() + " " + one.init())
                    .orElseGet(() -> outgoing.map(one -> one.partner() + " " + one.body()).orElse(""));
            List<Object> said = new ArrayList<>(List.of(goal, terms.kind(), terms.account().cardNo().digits(), terms.account().kind(), terms.party(), terms.serviceCode(),
                    terms.amount().fen(), lifetime.toMillis(), also));
            if (!reason.isEmpty()) {
                said.add(reason);
            }
            return RequestDigest.of(said);
        }
    }

    /** Changes an order.
     *
     *  @param order as it was opened
     *  @param event what is to happen; for a refund always {@link OrderEvent#REFUND_PART}, whether anything is left or not
     *  @param amount of a capture or refund; without one, all there is. Nothing else has one
     *  @param reason why, at most 80 characters
     *  @param message what became of the message to the partner that decides the order; while there is one under way, nothing else changes it */
    record Change(CallKey call, OrderId order, OrderEvent event, Optional<Money> amount, String reason, Optional<MessageOutcome> message, Instant receivedAt)
            implements PaymentRequest {
        private static final Set<OrderEvent> WITH_AMOUNT = EnumSet.of(OrderEvent.CAPTURE, OrderEvent.PROVE_DONE, OrderEvent.REFUND_PART);
        private static final Set<OrderEvent> NEVER_ASKED_FOR = EnumSet.of(OrderEvent.QUOTE, OrderEvent.REFUSE, OrderEvent.REFUND_REST);

        public Change {
            if (NEVER_ASKED_FOR.contains(event) || (amount.isPresent() && !WITH_AMOUNT.contains(event))) {
                throw new IllegalArgumentException("nobody asks for " + event + " of " + amount);
            }
            receivedAt = receivedAt.truncatedTo(ChronoUnit.MILLIS);
            requireReason(reason);
        }

        /** A change that no partner decides. */
        public Change(CallKey call, OrderId order, OrderEvent event, Optional<Money> amount, String reason, Instant receivedAt) {
            this(call, order, event, amount, reason, Optional.empty(), receivedAt);
        }

        /** Captures so much of a hold. */
        public static Change capture(CallKey call, OrderId order, Money amount, Instant receivedAt) {
            return new Change(call, order, OrderEvent.CAPTURE, Optional.of(amount), "", receivedAt);
        }

        /** Gives so much back. */
        public static Change refund(CallKey call, OrderId order, Money amount, String reason, Instant receivedAt) {
            return new Change(call, order, OrderEvent.REFUND_PART, Optional.of(amount), reason, receivedAt);
        }

        /** Does what needs no amount. */
        public static Change of(CallKey call, OrderId order, OrderEvent event, String reason, Instant receivedAt) {
            return new Change(call, order, event, Optional.empty(), reason, receivedAt);
        }

        @Override
        public RequestDigest digest() {
            return RequestDigest.of(order, event, amount.map(Money::fen), reason);
        }
    }
}
