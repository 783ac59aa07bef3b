package cn.onecard.engine.rail.iso8583;

/** Field 90 of the switch dialect (原始数据元): which message is meant; 42 digits.
 *
 *  @param type its message type
 *  @param trace its field 11
 *  @param transmissionTime its field 7, MMDDhhmmss
 *  @param acquirer its field 32, eleven digits with zeros in front
 *  @param forwarder its field 33, eleven digits with zeros in front */
public record SwitchField90(String type, int trace, String transmissionTime, String acquirer, String forwarder) {
    /** The number of the field. */
    public static final int NUMBER = 90;

    public SwitchField90 {
        if (!type.matches("[0-9]{4}") || !transmissionTime.matches("[0-9]{10}") || !acquirer.matches("[0-9]{11}") || !forwarder.matches("[0-9]{11}")) {
            throw new MalformedMessage(NUMBER, Fault.PARTS);
        }
    }

    /** That means a message. */
    public static SwitchField90 meaning(Message original) {
        return new SwitchField90(original.type(), Integer.parseInt(original.text(11)), original.text(7),
                padded(original.text(32)), padded(original.text(33)));
    }

    /** Of a message.
     *
     *  @throws MalformedMessage if its parts do not lie so */
    public static SwitchField90 of(Message message) {
        Parts parts = new Parts(message, NUMBER);
        SwitchField90 field = new SwitchField90(parts.next(4), parts.number(6), parts.next(10), parts.next(11), parts.next(11));
        parts.end();
        return field;
    }

    /** The field. */
    public String text() {
        return type + Message.digits(NUMBER, trace, 6) + transmissionTime + acquirer + forwarder;
    }

    private static String padded(String institution) {
        return Message.digits(NUMBER, Long.parseLong(institution), 11);
    }
}
