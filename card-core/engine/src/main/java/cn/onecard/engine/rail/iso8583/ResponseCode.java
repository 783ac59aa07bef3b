package cn.onecard.engine.rail.iso8583;

import java.util.Set;

/** What the host answers in field 39 (应答码). Any two characters may come.
 *
 *  @param code two characters */
public record ResponseCode(String code) {
    public static final ResponseCode APPROVED = new ResponseCode("00");
    public static final ResponseCode REFER_TO_ISSUER = new ResponseCode("01");
    public static final ResponseCode INVALID_MERCHANT = new ResponseCode("03");
    /** As the reason of a reversal: the answer came and could not be processed. */
    public static final ResponseCode UNREADABLE = new ResponseCode("06");
    public static final ResponseCode INVALID_TRANSACTION = new ResponseCode("12");
    public static final ResponseCode INVALID_AMOUNT = new ResponseCode("13");
    public static final ResponseCode NO_SUCH_ACCOUNT = new ResponseCode("14");
    /** Too old for a completion or a refund. */
    public static final ResponseCode WINDOW_OVER = new ResponseCode("22");
    public static final ResponseCode ORIGINAL_NOT_FOUND = new ResponseCode("25");
    public static final ResponseCode FORMAT_ERROR = new ResponseCode("30");
    public static final ResponseCode NOT_SUPPORTED = new ResponseCode("40");
    public static final ResponseCode INSUFFICIENT_FUNDS = new ResponseCode("51");
    public static final ResponseCode WRONG_PIN = new ResponseCode("55");
    public static final ResponseCode LIMIT_EXCEEDED = new ResponseCode("61");
    public static final ResponseCode ORIGINAL_AMOUNT_WRONG = new ResponseCode("64");
    /** Another batch, or not signed on. */
    public static final ResponseCode SIGN_ON_AGAIN = new ResponseCode("77");
    public static final ResponseCode DUPLICATE = new ResponseCode("94");
    public static final ResponseCode TERMINAL_UNKNOWN = new ResponseCode("97");
    /** As an answer: the issuer did not answer the acquirer. As the reason of a reversal: no answer came. */
    public static final ResponseCode NO_ANSWER = new ResponseCode("98");
    public static final ResponseCode PIN_FORMAT_ERROR = new ResponseCode("99");
    public static final ResponseCode MAC_WRONG = new ResponseCode("A0");

    private static final Set<String> APPROVALS = Set.of("00", "10", "11", "A2", "A4", "A5", "A6");
    private static final Set<String> SIGN_ON_AGAIN_CODES = Set.of("77", "A0", "99");

    public ResponseCode {
        if (code.length() != 2) {
            throw new MalformedMessage(39, Fault.LENGTH);
        }
    }

    /** Of a message, which has field 39. */
    public static ResponseCode of(Message message) {
        return new ResponseCode(message.text(39));
    }

    /** Whether it approves, perhaps with a defect. */
    public boolean isApproval() {
        return APPROVALS.contains(code);
    }

    /** Whether the terminal must sign on before its next transaction. */
    public boolean asksToSignOn() {
        return SIGN_ON_AGAIN_CODES.contains(code);
    }

    @Override
    public String toString() {
        return code;
    }
}
