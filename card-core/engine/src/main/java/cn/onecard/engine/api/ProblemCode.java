package cn.onecard.engine.api;

import cn.onecard.engine.order.PaymentRefusal;

/** What can be wrong with a request before it comes to the money. The name is the stable {@code code} of the problem; so are the
 *  names of {@link PaymentRefusal}. */
enum ProblemCode {
    /** No such path, or not by that method. */
    NO_SUCH_OPERATION(404, "There is no such operation"),
    /** The request is not what the document says. */
    NOT_AS_DOCUMENTED(400, "The request does not match the document"),
    /** More bytes than a body may have. */
    BODY_TOO_LARGE(413, "The body is too large"),
    /** The body did not arrive in time. */
    BODY_TOO_SLOW(408, "The body did not arrive in time"),
    /** There is no signature that covers what it must. */
    NOT_SIGNED(401, "The request is not signed as it must be"),
    /** The signature is not that of a known caller over this request. */
    SIGNATURE_WRONG(401, "The signature is wrong"),
    /** The signature was made too long ago, or in the future. */
    SIGNATURE_EXPIRED(401, "The signature is too old or too new"),
    /** This very request was sent before. */
    REPLAYED(401, "The nonce was used before"),
    /** The caller may not do that. */
    SCOPE_MISSING(403, "The caller may not do this"),
    /** The caller asks more often than agreed. */
    TOO_MANY_REQUESTS(429, "Too many requests"),
    /** Too much is under way. */
    OVERLOADED(503, "Too much is under way"),
    /** Nobody knows whether the request was done; the same key gets the answer. */
    NOT_DONE(503, "Not known to be done; ask again with the same key"),
    /** No such standing order, as far as this caller may know. */
    STANDING_ORDER_UNKNOWN(404, "There is no such standing order"),
    /** This node has no bank. */
    NO_BANK(503, "No bank is reached from here"),
    /** The caller is no clinic that is known here. */
    NO_CLINIC(403, "The caller is no clinic"),
    /** A mistake of ours. */
    DEFECT(500, "A mistake on our side");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** A problem of this kind.
     *
     *  @param detail this time */
    Problem with(String detail) {
        return new Problem(status, name(), title, detail);
    }

    /** A payment that was refused. */
    static Problem of(PaymentRefusal refusal, String detail) {
        int status = switch (refusal) {
            case KEY_CONFLICT, STATE_FORBIDS, HOLD_OVER -> 409;
            case ORDER_UNKNOWN -> 404;
            case TERMINAL_UNKNOWN, CARD_UNKNOWN, MAC1_WRONG, AMOUNT_NOT_POSITIVE, KIND_FORBIDS, ABOVE_HOLD, ABOVE_CAPTURE, ACCOUNT_UNKNOWN,
                    ACCOUNT_CLOSED, ACCOUNT_BLOCKED, ABOVE_TRANSACTION_LIMIT, ABOVE_DAY_LIMIT, ABOVE_BALANCE_LIMIT, FUNDS_TOO_LOW, NOT_BOOKABLE -> 422;
        };
        return new Problem(status, refusal.name(), "The payment was refused", detail);
    }
}
