package cn.onecard.engine.rail.iso8583;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** The header in front of a POS message: twelve digits, one a half byte.
 *
 *  <pre>
 *   1-2   application class 应用类别      60 stripe, 61 IC, 62 and 63 value-added ...
 *   3-4   software version 软件总版本号
 *   5     terminal state 终端状态         0 normal, 1 test
 *   6     processing requirement 处理要求 0 to 9, B, C; set by the host
 *   7-12  sub-version 软件分版本号
 *  </pre>
 *
 *  @param digits all twelve, upper case */
public record PosHeader(String digits) {
    static final int BYTES = 6;

    public PosHeader {
        if (!digits.matches("[0-9]{5}[0-9BC][0-9]{6}")) {
            throw new MalformedMessage(MalformedMessage.BEFORE_MESSAGE, Fault.HEADER);
        }
    }

    /** Digits 1 and 2. */
    public String applicationClass() {
        return digits.substring(0, 2);
    }

    /** Whether the terminal says that it is in test. */
    public boolean isTest() {
        return digits.charAt(4) == '1';
    }

    /** What the host asks of the terminal. */
    public ProcessingRequirement requirement() {
        return ProcessingRequirement.byCode(digits.charAt(5));
    }

    /** This header in an answer: the same but for what the host asks. */
    public PosHeader answering(ProcessingRequirement requirement) {
        return new PosHeader(digits.substring(0, 5) + requirement.code() + digits.substring(6));
    }

    static PosHeader read(ByteBuffer in) {
        if (in.remaining() < BYTES) {
            throw new MalformedMessage(MalformedMessage.BEFORE_MESSAGE, Fault.HEADER);
        }
        byte[] bytes = new byte[BYTES];
        in.get(bytes);
        return new PosHeader(HexFormat.of().withUpperCase().formatHex(bytes));
    }

    void write(ByteBuffer out) {
        out.put(HexFormat.of().parseHex(digits));
    }
}
