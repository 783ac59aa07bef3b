package cn.onecard.engine.rail.unionpay;

import cn.onecard.engine.rail.iso8583.ResponseCode;

/** What came of a bank transaction. */
public sealed interface BankOutcome {
    /** The bank did it.
     *
     *  @param transaction with the host's answer */
    record Done(BankTransaction transaction) implements BankOutcome {}

    /** The bank refused it; nothing happened.
     *
     *  @param code why */
    record Declined(ResponseCode code) implements BankOutcome {}

    /** Nothing happened, and that is certain.
     *
     *  @param why why not */
    record NotDone(Why why) implements BankOutcome {}

    /** An advice that the bank has not yet answered. It will be sent until it is: take it as accepted, not as done. */
    record Stored() implements BankOutcome {}

    /** Nobody knows yet: the reversal is on its way. Ask again by the leg. */
    record Unknown() implements BankOutcome {}

    /** Nobody knows, and the terminal has done what it can: the bank's statement decides, or a person. */
    record Case() implements BankOutcome {}

    /** Why nothing happened. */
    enum Why {
        /** The host was not reached. */
        UNREACHABLE,
        /** The host let the terminal not sign on. */
        NOT_SIGNED_ON,
        /** A reversal of an earlier transaction must be through first. */
        REVERSAL_PENDING,
        /** The PIN block holds no PIN of that card. */
        PIN_UNREADABLE,
        /** It was sent, no certain answer came, and it was reversed. */
        REVERSED,
        /** A question was not answered. */
        NO_ANSWER
    }

    /** What has come of a transaction so far. */
    static BankOutcome of(BankTransaction transaction) {
        return switch (transaction.state()) {
            case SENT, REVERSING -> new Unknown();
            case STORED -> new Stored();
            case APPROVED -> new Done(transaction);
            case DECLINED -> new Declined(transaction.answer().orElseThrow().code());
            case NOT_SENT -> new NotDone(Why.UNREACHABLE);
            case REVERSED -> new NotDone(Why.REVERSED);
            case CASE -> new Case();
        };
    }
}
