package cn.onecard.engine.rail.iso8583;

import java.util.Arrays;
import java.util.Optional;

/** The transactions of the POS dialect. One is named by its message type, the first two digits of field 3, field 25 and field 60.1
 *  together. */
public enum PosTransaction {
    /** 查询. */
    BALANCE("0200", "310000", "00", "01", Undo.NOTHING),
    /** 预授权. */
    PREAUTHORISATION("0100", "030000", "06", "10", Undo.REVERSAL),
    /** 预授权撤销. */
    PREAUTHORISATION_CANCEL("0100", "200000", "06", "11", Undo.REVERSAL),
    /** 预授权完成(请求). */
    COMPLETION("0200", "000000", "06", "20", Undo.REVERSAL),
    /** 预授权完成撤销. */
    COMPLETION_CANCEL("0200", "200000", "06", "21", Undo.REVERSAL),
    /** 消费. */
    SALE("0200", "000000", "00", "22", Undo.REVERSAL),
    /** 消费撤销. */
    SALE_VOID("0200", "200000", "00", "23", Undo.REVERSAL),
    /** 退货. */
    REFUND("0220", "200000", "00", "25", Undo.NEVER);

    private final String type;
    private final String processingCode;
    private final String conditionCode;
    private final String code;
    private final Undo undo;

    /** What becomes of a transaction whose answer does not come. */
    public enum Undo {
        /** Nothing: no money moved. */
        NOTHING,
        /** It is reversed (冲正). */
        REVERSAL,
        /** It is an advice: it is sent again until it is answered. */
        NEVER
    }

    PosTransaction(String type, String processingCode, String conditionCode, String code, Undo undo) {
        this.type = type;
        this.processingCode = processingCode;
        this.conditionCode = conditionCode;
        this.code = code;
        this.undo = undo;
    }

    /** The transaction that a request, its reversal or its upload means, if it is one of these.
     *
     *  @param message with fields 3, 25 and 60 */
    public static Optional<PosTransaction> find(Message message) {
        String processing = message.findText(3).orElse("");
        String condition = message.findText(25).orElse("");
        String code = message.has(Field60.NUMBER) ? Field60.of(message).transactionType() : "";
        return Arrays.stream(values()).filter(one -> processing.startsWith(one.processingCode.substring(0, 2))
                && condition.equals(one.conditionCode) && code.equals(one.code)).findFirst();
    }

    /** The transaction of a field 60.1.
     *
     *  @throws IllegalArgumentException if it is none of these */
    public static PosTransaction byCode(String code) {
        return Arrays.stream(values()).filter(one -> one.code.equals(code)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no transaction has code " + code));
    }

    /** Its message type. */
    public String type() {
        return type;
    }

    /** Field 3. */
    public String processingCode() {
        return processingCode;
    }

    /** Field 25. */
    public String conditionCode() {
        return conditionCode;
    }

    /** Field 60.1. */
    public String code() {
        return code;
    }

    public Undo undo() {
        return undo;
    }

    /** Whether it means an earlier one. */
    public boolean meansAnother() {
        return switch (this) {
            case BALANCE, PREAUTHORISATION, SALE -> false;
            case PREAUTHORISATION_CANCEL, COMPLETION, COMPLETION_CANCEL, SALE_VOID, REFUND -> true;
        };
    }
}
