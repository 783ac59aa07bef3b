package cn.onecard.engine.rail.iso8583;

import java.util.Optional;

/** Field 60 of the switch dialect (自定义域): why the message was sent, and how the card was read.
 *
 *  <pre>
 *  60.1   4  reason code 报文原因代码
 *  60.2  11  point of service 服务点附加信息: owner type 1, reading capability 1, IC condition 1, reserved 1, terminal type 2,
 *            PIN-free 1, IC reliability 1, ECI 2, interaction 1
 *  60.3  15  circumstances 交易发生附加信息: billing type 2, level 1, reserved 3 (the third names the MAC algorithm: 4 is SM4),
 *            partial approval 1, initiation 1, medium 1, IC application 1, account type 2, card level 1, product 2
 *  </pre>
 *  Parts are left out from the right, and later editions add some behind.
 *
 *  @param text all of it, 4, 15, 30 or more characters */
public record SwitchField60(String text) {
    /** The number of the field. */
    public static final int NUMBER = 60;

    public SwitchField60 {
        if (text.length() != 4 && text.length() != 15 && text.length() < 30) {
            throw new MalformedMessage(NUMBER, Fault.PARTS);
        }
    }

    /** Of a message.
     *
     *  @throws MalformedMessage if its parts do not lie so */
    public static SwitchField60 of(Message message) {
        return new SwitchField60(message.text(NUMBER));
    }

    /** 60.1. */
    public String reasonCode() {
        return text.substring(0, 4);
    }

    /** The kind of terminal, if it is said; 03 is a wired POS. */
    public Optional<String> findTerminalType() {
        return find(8, 10);
    }

    /** Whether the MAC is one of SM4. */
    public boolean isSm4() {
        return find(20, 21).equals(Optional.of("4"));
    }

    private Optional<String> find(int from, int to) {
        return text.length() < to ? Optional.empty() : Optional.of(text.substring(from, to));
    }
}
