package cn.onecard.engine.bill;

import cn.onecard.vocabulary.Money;
import java.time.LocalDate;

/** What a biller's statement and our payments say differently. Money is not moved by it: a person sees to it.
 *
 *  @param day of the statement
 *  @param orderNo as the statement writes it
 *  @param ours what we say was paid
 *  @param theirs what the statement says was paid */
public record BillCase(String biller, LocalDate day, String orderNo, Kind kind, Money ours, Money theirs) {
    /** What is different. The code is that of the rows. */
    public enum Kind {
        /** The statement lists a payment that is none of ours. */
        NOT_OURS(1),
        /** It lists a payment that we have given back. */
        GIVEN_BACK(2),
        /** It lists another amount. */
        AMOUNT_DIFFERS(3),
        /** It does not list what we paid. */
        NOT_LISTED(4),
        /** It lists a payment twice. */
        LISTED_TWICE(5),
        /** It lists a payment that was never begun or not yet decided here. */
        UNDECIDED(6);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        static Kind byCode(int code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("no kind of case has code " + code);
        }
    }
}
