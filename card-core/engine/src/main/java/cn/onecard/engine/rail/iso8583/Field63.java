package cn.onecard.engine.rail.iso8583;

/** Field 63 of the POS dialect (自定义域): a code of three characters (some terminals send two), then a remark.
 *
 *  @param code the operator in a sign-on and a settlement, the card organisation (CUP, VIS, MCC, JCB, 000) in a transaction
 *  @param remark of an answer, for the receipt; perhaps empty */
public record Field63(String code, String remark) {
    /** The number of the field. */
    public static final int NUMBER = 63;

    public Field63 {
        if (!code.matches("[ -~]{3}") && !(code.matches("[ -~]{2}") && remark.isEmpty())) {
            throw new MalformedMessage(NUMBER, Fault.PARTS);
        }
    }

    /** Of a message.
     *
     *  @throws MalformedMessage if its parts do not lie so */
    public static Field63 of(Message message) {
        Parts parts = new Parts(message, NUMBER);
        return new Field63(parts.next(Math.min(3, parts.left())), parts.rest());
    }

    /** The field. */
    public String text() {
        return code + remark;
    }
}
