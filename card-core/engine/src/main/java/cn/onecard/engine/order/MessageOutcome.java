package cn.onecard.engine.order;

import java.time.Instant;
import java.util.Optional;

/** What became of a message, committed with the step of its order that follows from it.
 *
 *  @param number of the message: the step of the order that made it due
 *  @param reference by which the partner knows it; empty if it gave none
 *  @param fulfilment what the citizen gets from the partner, such as the digits for a meter, as the connector wants it kept; empty if nothing
 *  @param due when the partner is asked next */
public record MessageOutcome(int number, MessageState state, String reference, String fulfilment, Optional<Instant> due) {
    /** An outcome that asks for nothing more. */
    public static MessageOutcome last(int number, MessageState state) {
        return new MessageOutcome(number, state, "", "", Optional.empty());
    }
}
