package cn.onecard.engine.order;

/** What a partner is to be told once an order's money is held. It is committed together with the hold.
 *
 *  @param partner name of the partner, 1 to 32 characters
 *  @param body what its connector wrote for itself, at most 4,000 characters; sealed by it if it is secret */
public record Outgoing(String partner, String body) {
    private static final int LONGEST_NAME = 32;
    private static final int LONGEST_BODY = 4_000;

    public Outgoing {
        if (partner.isEmpty() || partner.length() > LONGEST_NAME || body.length() > LONGEST_BODY) {
            throw new IllegalArgumentException("a message has a partner of 1 to " + LONGEST_NAME + " and a body of at most " + LONGEST_BODY + " characters");
        }
    }
}
