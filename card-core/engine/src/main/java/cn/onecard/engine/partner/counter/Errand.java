package cn.onecard.engine.partner.counter;

/** What somebody comes to a counter for (办理事项).
 *
 *  @param key names it among all; also its idempotency key
 *  @param cardNo twenty digits
 *  @param caller whose counter it is: the name of a caller of the interface
 *  @param amountFen what it is about; 0 where the other side decides
 *  @param detail what else it needs, as the act says
 *  @param earlier key of the errand that is taken back; empty if none is */
public record Errand(String key, Act act, String cardNo, String caller, long amountFen, String detail, String earlier) {
    /** Whom an errand about a bill concerns: the first word of its detail. */
    public String biller() {
        return detail.split(" ", 2)[0];
    }

    /** The account there: the second word. */
    String account() {
        return detail.split(" ", 2)[1];
    }

    /** What is done. */
    public enum Act {
        /** A wallet is opened. */
        OPEN("accounts:write"),
        /** Cash is paid in. */
        CASH("cash:write"),
        /** A bank card fills the wallet. The detail is its number. */
        DEPOSIT("cash:write payments:read"),
        /** A basket is bought. The detail is the number that it is made of. */
        SALE("sales:write"),
        /** The first line of a sale is given back. */
        REFUND("sales:write"),
        /** The oldest bill of an account is paid. The detail is {@code BILLER ACCOUNT}. */
        BILL("bills:read bills:write"),
        /** A payment of a bill is taken back. The detail is that of the bill. */
        CANCEL_BILL("bills:read bills:write"),
        /** The wallet is to pay an account's bills from now on, after notice. The detail is {@code BILLER ACCOUNT}. */
        STANDING("bills:write"),
        /** A doctor's bill is settled with the insurance. The detail is the person's identity number. */
        VISIT("medical:write"),
        /** A doctor's bill is taken back. */
        CANCEL_VISIT("medical:write");

        private final String scopes;

        Act(String scopes) {
            this.scopes = scopes;
        }

        /** What a caller must be allowed, separated by blanks. */
        public String scopes() {
            return scopes;
        }
    }
}
