package cn.onecard.engine.outbox;

import cn.onecard.vocabulary.Money;
import java.util.Optional;

/** What a partner answered, or that it did not. */
public sealed interface PartnerAnswer {
    /** It acted.
     *
     *  @param reference by which it knows what it did, at most 64 characters
     *  @param amount if it says for how much; otherwise for all
     *  @param fulfilment what the citizen gets, at most 4,000 characters, sealed by the connector if it is secret; empty if nothing */
    record Confirmed(String reference, Optional<Money> amount, String fulfilment) implements PartnerAnswer {
        private static final int LONGEST_REFERENCE = 64;
        private static final int LONGEST_FULFILMENT = 4_000;

        public Confirmed {
            if (reference.length() > LONGEST_REFERENCE || fulfilment.length() > LONGEST_FULFILMENT) {
                throw new IllegalArgumentException("a reference has at most " + LONGEST_REFERENCE + " characters, a fulfilment " + LONGEST_FULFILMENT);
            }
        }
    }

    /** It did not act, and will not.
     *
     *  @param code its own word for why */
    record Rejected(String code) implements PartnerAnswer {}

    /** It does not know the message; it may come to know it still. */
    record NotFound() implements PartnerAnswer {}

    /** It is at it. */
    record Processing() implements PartnerAnswer {}

    /** Nobody knows whether it acted. */
    record Unknown(String why) implements PartnerAnswer {}

    /** Not a byte has left, which the connector can swear to. */
    record NotSent(String why) implements PartnerAnswer {}
}
