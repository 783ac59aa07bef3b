package cn.onecard.engine.rail.iso8583;

import cn.onecard.vocabulary.Money;
import java.util.Arrays;

/** Field 48 of a batch settlement, 0500 and 0510: the totals of a batch, 31 digits for domestic cards and 31 for foreign ones.
 *
 *  @param domestic 内卡
 *  @param foreign 外卡 */
public record Field48Totals(Side domestic, Side foreign) {
    /** What the host says of a side: the last of its 31 digits. */
    public enum Verdict {
        /** Nothing yet: this is the question. */
        ASKED(0),
        /** 对账平. */
        BALANCED(1),
        /** 对账不平; the totals are the host's. */
        NOT_BALANCED(2),
        /** The host cannot say. */
        ERROR(3);

        private final int code;

        Verdict(int code) {
            this.code = code;
        }
    }

    /** One side: {@code debit amount 12, count 3, credit amount 12, count 3, verdict 1}.
     *
     *  @param debit sales and completions
     *  @param debitCount 0 to 999
     *  @param credit their voids, refunds and loads
     *  @param creditCount 0 to 999
     *  @param verdict what the host says */
    public record Side(Money debit, int debitCount, Money credit, int creditCount, Verdict verdict) {
        /** Nothing at all. */
        public static final Side EMPTY = new Side(Money.ZERO, 0, Money.ZERO, 0, Verdict.ASKED);

        /** The same totals with a verdict. */
        public Side judged(Verdict judged) {
            return new Side(debit, debitCount, credit, creditCount, judged);
        }

        private static Side of(Parts parts) {
            Money debit = parts.fen(12);
            int debitCount = parts.number(3);
            Money credit = parts.fen(12);
            int creditCount = parts.number(3);
            int code = parts.number(1);
            Verdict verdict = Arrays.stream(Verdict.values()).filter(v -> v.code == code).findFirst().orElseThrow(parts::broken);
            return new Side(debit, debitCount, credit, creditCount, verdict);
        }

        private String text() {
            return Message.digits(48, debit.fen(), 12) + Message.digits(48, debitCount, 3) + Message.digits(48, credit.fen(), 12)
                    + Message.digits(48, creditCount, 3) + verdict.code;
        }
    }

    /** Of a message.
     *
     *  @throws MalformedMessage if its parts do not lie so */
    public static Field48Totals of(Message message) {
        Parts parts = new Parts(message, 48);
        Field48Totals totals = new Field48Totals(Side.of(parts), Side.of(parts));
        parts.end();
        return totals;
    }

    /** The field. */
    public String text() {
        return domestic.text() + foreign.text();
    }
}
