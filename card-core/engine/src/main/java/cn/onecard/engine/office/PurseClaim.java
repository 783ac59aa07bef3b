package cn.onecard.engine.office;

import cn.onecard.engine.order.OrderId;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;

/** What the purse of a card that is no more still held (卡余额待退).
 *
 *  @param heir whose wallet gets it
 *  @param act by which it came to be
 *  @param dueOn first day on which it may be paid, in China
 *  @param face what the card itself said
 *  @param amount paid, or by how much the books are below nothing */
public record PurseClaim(CardNo card, CardNo heir, OrderId act, LocalDate dueOn, Optional<Money> face, State state, Money amount) {
    /** How it stands. The code is that of the rows. */
    public enum State {
        /** Its day has not come, or the day before is not sealed. */
        WAITING(1),
        PAID(2),
        /** There was nothing. */
        NOTHING(3),
        /** More was tapped than was ever loaded: somebody must look at it. */
        BELOW_NOTHING(4);

        private final int code;

        State(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        static State byCode(int code) {
            return Arrays.stream(values()).filter(state -> state.code == code).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no state of a claim has code " + code));
        }
    }
}
