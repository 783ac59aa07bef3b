package cn.onecard.settlement.clear;

import cn.onecard.settlement.day.Service;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;

/** What a party took in a service on one day, added up by the database.
 *
 *  @param feeVersion the rules that share it
 *  @param count taps, payments or refunds
 *  @param gross below zero for refunds */
public record Takings(Source source, int feeVersion, PartyId party, Service service, long count, Money gross) {
    Takings plus(long more, Money amount) {
        return new Takings(source, feeVersion, party, service, Math.addExact(count, more), gross.plus(amount));
    }

    /** Where takings come from. The code is that of the rows. */
    public enum Source {
        /** Accepted taps. */
        TAPS(1, "TAKEN"),
        /** Captured payments. */
        PAYMENTS(2, "PAID"),
        /** What was given back. */
        REFUNDS(3, "REFUNDED");

        private final int code;
        private final String entry;

        Source(int code, String entry) {
            this.code = code;
            this.entry = entry;
        }

        public int code() {
            return code;
        }

        /** What a statement calls it. */
        public String entry() {
            return entry;
        }
    }
}
