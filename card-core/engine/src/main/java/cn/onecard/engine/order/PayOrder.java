package cn.onecard.engine.order;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** An order while a transaction holds its row. Mutable fields are written by {@link PaymentPlan}, in the thread of that
 *  transaction. */
final class PayOrder {
    final OrderId id;
    final CallKey call;
    final RequestDigest digest;
    final OrderTerms terms;
    final Instant createdAt;
    /** Whether the row is not there yet. */
    final boolean fresh;
    long heldFen;
    long capturedFen;
    long refundedFen;
    OrderState state = OrderState.NONE;
    int reasonCode;
    int steps;
    /** Of the hold. */
    LocalDate date;
    /** Number of the message to a partner that decides this order; 0 if none is under way. */
    int openMessage;
    /** To the millisecond; null if it was never quoted or held, or if a partner decides. */
    @Nullable Instant expiresAt;

    private PayOrder(OrderId id, CallKey call, RequestDigest digest, OrderTerms terms, Birth birth) {
        this.id = id;
        this.call = call;
        this.digest = digest;
        this.terms = terms;
        this.createdAt = birth.createdAt;
        this.fresh = birth.fresh;
        this.date = birth.date;
    }

    /** When an order was made, and whether it is only just being made. */
    private record Birth(Instant createdAt, LocalDate date, boolean fresh) {}

    /** A new order. */
    static PayOrder open(PaymentRequest.Opening opening, LocalDate date) {
        return new PayOrder(opening.order(), opening.call(), opening.digest(), opening.terms(), new Birth(opening.receivedAt(), date, true));
    }

    /** An order that is there; the caller fills in where it stands. */
    static PayOrder there(OrderId id, CallKey call, RequestDigest digest, OrderTerms terms, Instant createdAt) {
        return new PayOrder(id, call, digest, terms, new Birth(createdAt, LocalDate.EPOCH, false));
    }

    /** What was captured and not given back. */
    long leftFen() {
        return capturedFen - refundedFen;
    }

    /** Whether its time is over. */
    boolean isOver(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    /** Whether it stands among those that will expire. */
    boolean expires() {
        return expiresAt != null && (state == OrderState.QUOTED || state == OrderState.HELD);
    }
}
