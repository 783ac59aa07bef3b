package cn.onecard.engine.partner;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Turns a right answer into what goes back under a fault. Thread-safe; one message at a time. */
public final class Misbehaviour {
    private static final byte[] GARBAGE = "this is no message at all".getBytes(StandardCharsets.US_ASCII);

    /** What was answered last, to whomever. Guarded by this. */
    private Optional<byte[]> last = Optional.empty();

    /** What goes back for one message.
     *
     *  @param act does what the message asks, and gives the right answer
     *  @param spoil the same answer with a wrong MAC or signature */
    public synchronized Delivery deliver(PartnerFault fault, Supplier<byte[]> act, UnaryOperator<byte[]> spoil) {
        if (fault == PartnerFault.DROP_BEFORE) {
            return Delivery.BROKEN;
        }
        byte[] right = act.get();
        byte[] others = last.orElse(GARBAGE);
        last = Optional.of(right);
        return switch (fault) {
            case NONE, FORGET_KEYS -> new Delivery(List.of(right), false);
            case SLOW -> new Delivery(List.of(right), true);
            case DROP_BEFORE, DROP_AFTER -> Delivery.BROKEN;
            case GARBAGE -> new Delivery(List.of(GARBAGE), false);
            case TWICE -> new Delivery(List.of(right, right), false);
            case OTHERS -> new Delivery(List.of(others), false);
            case WRONG_MAC -> new Delivery(List.of(spoil.apply(right)), false);
        };
    }
}
