package cn.onecard.engine.rail.iso8583;

import java.util.Optional;
import java.util.Set;

/** Field 60 of the POS dialect (自定义域): what the message is, and in which batch.
 *
 *  <pre>
 *  60.1  2  transaction type 交易类型码           00 in management messages
 *  60.2  6  batch number 批次号
 *  60.3  3  management code 网络管理信息码        000 in financial messages
 *  60.4  1  reading capability 终端读取能力       6 contactless, 5 IC, 0 unknown
 *  60.5  1  IC condition 条件代码                 0, or 2 when a chip was not read and the stripe was
 *  60.6  1  partial approval 部分承兑             1 if the terminal can take less than it asked for
 *  60.7  3  account type 账户类型
 *  </pre>
 *  Parts are left out from the right: 11 digits in management messages, 13 or 14 in financial ones.
 *
 *  @param transactionType 60.1
 *  @param batch 60.2, 0 to 999999
 *  @param managementCode 60.3
 *  @param rest as many of the parts from 60.4 as there are: 0, 1, 2, 3 or 6 digits */
public record Field60(String transactionType, int batch, String managementCode, String rest) {
    /** The number of the field. */
    public static final int NUMBER = 60;

    private static final Set<Integer> RESTS = Set.of(0, 1, 2, 3, 6);

    public Field60 {
        if (!transactionType.matches("[0-9]{2}") || batch < 0 || batch > 999_999 || !managementCode.matches("[0-9]{3}")
                || !rest.matches("[0-9]*") || !RESTS.contains(rest.length())) {
            throw new MalformedMessage(NUMBER, Fault.PARTS);
        }
    }

    /** Of a management message. */
    public static Field60 management(int batch, String managementCode) {
        return new Field60("00", batch, managementCode, "");
    }

    /** Of a message.
     *
     *  @throws MalformedMessage if its parts do not lie so */
    public static Field60 of(Message message) {
        Parts parts = new Parts(message, NUMBER);
        return new Field60(parts.next(2), parts.number(6), parts.next(3), parts.rest());
    }

    /** 60.4, if it is there. */
    public Optional<String> findReadingCapability() {
        return findRest(0, 1);
    }

    /** 60.5, if it is there. */
    public Optional<String> findIcCondition() {
        return findRest(1, 2);
    }

    /** Whether the terminal can take less than it asked for. */
    public boolean takesPartialApproval() {
        return findRest(2, 3).equals(Optional.of("1"));
    }

    /** 60.7, if it is there. */
    public Optional<String> findAccountType() {
        return findRest(3, 6);
    }

    /** The field. */
    public String text() {
        return transactionType + Message.digits(NUMBER, batch, 6) + managementCode + rest;
    }

    private Optional<String> findRest(int from, int to) {
        return rest.length() < to ? Optional.empty() : Optional.of(rest.substring(from, to));
    }
}
