package cn.onecard.engine.outbox;

import cn.onecard.engine.order.MessageState;
import cn.onecard.engine.order.OrderId;
import java.time.Instant;
import java.util.Optional;

/** A message to a partner as it stands.
 *
 *  @param number the step of the order that made it due
 *  @param body as its connector wrote it
 *  @param times when it was sent, and until when it could be
 *  @param inquiry how often the partner was asked about it */
public record PartnerMessage(OrderId order, int number, String partner, String body, MessageState state, Times times, Inquiry inquiry) {
    /** When it was sent, if it was, and when it is given up if it was not. */
    public record Times(Optional<Instant> sentAt, Instant withdrawAt) {}

    /** How often the partner was asked, and how often it said that it did not know the message. */
    public record Inquiry(int asked, int notFound) {}

    /** When it was sent.
     *
     *  @throws IllegalStateException if it was not */
    public Instant sentAt() {
        return times.sentAt().orElseThrow(() -> new IllegalStateException("message " + number + " of order " + order + " was not sent"));
    }
}
