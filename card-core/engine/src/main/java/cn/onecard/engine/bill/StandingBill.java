package cn.onecard.engine.bill;

import cn.onecard.engine.order.OrderId;
import cn.onecard.vocabulary.Money;
import java.time.LocalDate;
import java.util.Optional;

/** A bill that a standing order gave notice of.
 *
 *  @param standing id of the standing order
 *  @param billRef of the biller
 *  @param period what it is for, in the biller's words
 *  @param amount as it was noticed
 *  @param payOn not paid before that day
 *  @param progress how far it is */
public record StandingBill(String standing, String billRef, String period, Money amount, LocalDate payOn, Progress progress) {
    /** How far a bill is.
     *
     *  @param order the latest attempt to pay it
     *  @param attempts how many there were
     *  @param reason why it stands so */
    public record Progress(State state, Optional<OrderId> order, int attempts, String reason) {}

    /** Where a bill stands. The code is that of the rows. */
    public enum State {
        /** Notice was given. */
        NOTICED(1),
        /** A payment is under way. */
        PAYING(2),
        /** It is paid. */
        PAID(3),
        /** It is not paid by this standing order. */
        NOT_PAID(4),
        /** Its owner does not want it paid. */
        STOPPED(5);

        private final int code;

        State(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        static State byCode(int code) {
            for (State state : values()) {
                if (state.code == code) {
                    return state;
                }
            }
            throw new IllegalArgumentException("no state of a bill has code " + code);
        }
    }
}
