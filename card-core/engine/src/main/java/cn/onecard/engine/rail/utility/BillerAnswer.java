package cn.onecard.engine.rail.utility;

import cn.onecard.vocabulary.Money;

/** What a biller says of a payment, or that it said nothing that can be relied on. */
public sealed interface BillerAnswer {
    /** It was done.
     *
     *  @param reference the biller's number of it
     *  @param amount as it was asked for
     *  @param fulfilment what the customer gets for it: a token, a script for the meter's card, or nothing */
    @SuppressWarnings("ArrayRecordComponent")      // bytes as they came; never compared
    record Confirmed(String reference, Money amount, byte[] fulfilment) implements BillerAnswer {
        public Confirmed {
            fulfilment = fulfilment.clone();
        }

        @Override
        public byte[] fulfilment() {
            return fulfilment.clone();
        }

        @Override
        public String toString() {
            return "confirmed " + reference + ", " + amount;
        }
    }

    /** It was not done and never will be: an authentic answer with a code that is final. */
    record Rejected(String code) implements BillerAnswer {}

    /** It is being done. */
    record Processing() implements BillerAnswer {}

    /** The biller knows nothing of it, yet. */
    record NotFound() implements BillerAnswer {}

    /** Nothing has left. */
    record NotSent(String why) implements BillerAnswer {}

    /** Nobody knows. */
    record Unknown(String why) implements BillerAnswer {}
}
