package cn.onecard.engine.rail.iso8583;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Optional;
import java.util.Set;

/** Field 61 of the POS dialect (原始信息域): which transaction is meant.
 *
 *  <pre>
 *  61.1   6  original batch 原始交易批次号
 *  61.2   6  original trace 原始交易POS流水号
 *  61.3   4  original date MMDD 原始交易日期     0000 for none
 *  61.4   2  authorisation mode 原始交易授权方式
 *  61.5  11  authorising institution 授权机构代码
 *  </pre>
 *  Parts are left out from the right. A void has batch and trace; a completion or cancel of a pre-authorisation has zeros and the
 *  date; a refund has all three; a reversal has what the reversed message had.
 *
 *  @param batch 61.1
 *  @param trace 61.2
 *  @param rest as many of the parts from 61.3 as there are: 0, 4, 6 or 17 digits */
public record Field61(int batch, int trace, String rest) {
    /** The number of the field. */
    public static final int NUMBER = 61;

    private static final Set<Integer> RESTS = Set.of(0, 4, 6, 17);

    public Field61 {
        if (batch < 0 || batch > 999_999 || trace < 0 || trace > 999_999 || !rest.matches("[0-9]*") || !RESTS.contains(rest.length())) {
            throw new MalformedMessage(NUMBER, Fault.PARTS);
        }
    }

    /** Of the void of a sale, a completion or a cash load. */
    public static Field61 ofVoid(int batch, int trace) {
        return new Field61(batch, trace, "");
    }

    /** Of a message that means a pre-authorisation, which field 38 names, by its date. */
    public static Field61 ofAuthorisation(MonthDay date) {
        return new Field61(0, 0, digits(date));
    }

    /** Of a refund, which names the original in field 37 too. */
    public static Field61 ofRefund(int batch, int trace, MonthDay date) {
        return new Field61(batch, trace, digits(date));
    }

    /** Of a message.
     *
     *  @throws MalformedMessage if its parts do not lie so */
    public static Field61 of(Message message) {
        Parts parts = new Parts(message, NUMBER);
        return new Field61(parts.number(6), parts.number(6), parts.rest());
    }

    /** The original date, if there is one. It has no year: it is the last such day that is not after today.
     *
     *  @throws MalformedMessage if there is no such day */
    public Optional<LocalDate> findDate(LocalDate today) {
        if (rest.length() < 4 || rest.startsWith("0000")) {
            return Optional.empty();
        }
        MonthDay date;
        try {
            date = MonthDay.of(Integer.parseInt(rest.substring(0, 2)), Integer.parseInt(rest.substring(2, 4)));
        } catch (DateTimeException e) {
            throw new MalformedMessage(NUMBER, Fault.PARTS);
        }
        int year = MonthDay.from(today).compareTo(date) < 0 ? today.getYear() - 1 : today.getYear();
        if (!date.isValidYear(year)) {
            throw new MalformedMessage(NUMBER, Fault.PARTS);
        }
        return Optional.of(date.atYear(year));
    }

    /** The field. */
    public String text() {
        return Message.digits(NUMBER, batch, 6) + Message.digits(NUMBER, trace, 6) + rest;
    }

    private static String digits(MonthDay date) {
        return Message.digits(NUMBER, date.getMonthValue() * 100L + date.getDayOfMonth(), 4);
    }
}
