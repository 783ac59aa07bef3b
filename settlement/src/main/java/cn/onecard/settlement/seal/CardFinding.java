package cn.onecard.settlement.seal;

import cn.onecard.vocabulary.CardCounter;
import cn.onecard.vocabulary.CardNo;
import org.jooq.Record;

/** Something on a card that does not continue what came before. The taps stay posted all the same.
 *
 *  @param counter of the tap at which it shows
 *  @param expected a counter, or fen if the balance is meant
 *  @param found the same, as the tap has it */
public record CardFinding(CardNo card, CardCounter counter, Kind kind, long expected, long found) {
    /** What is wrong. The code is what rows carry. */
    public enum Kind {
        /** Counters are missing (断号): taps that have not arrived, or a purse used elsewhere. */
        COUNTER_GAP(1),
        /** Two taps with the same counter. */
        COUNTER_TWICE(2),
        /** The balance before is not the balance behind the tap before (账卡不平). */
        BALANCE_BROKEN(3),
        /** A counter below the one on which the card's last day ended: a late tap. */
        COUNTER_BACK(4);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }

        /** The kind of that code.
         *
         *  @throws IllegalArgumentException if there is none */
        public static Kind byCode(int code) {
            return switch (code) {
                case 1 -> COUNTER_GAP;
                case 2 -> COUNTER_TWICE;
                case 3 -> BALANCE_BROKEN;
                case 4 -> COUNTER_BACK;
                default -> throw new IllegalArgumentException("no finding has code " + code);
            };
        }
    }

    static CardFinding read(Record row) {
        return new CardFinding(CardNo.ofBytes(row.get("card_no", byte[].class)), new CardCounter(row.get("card_counter", Integer.class)),
                Kind.byCode(row.get("finding_code", Integer.class)), row.get("expected", Long.class), row.get("found", Long.class));
    }
}
