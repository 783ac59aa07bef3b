package cn.onecard.vocabulary;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.Optional;

/** When a terminal says a tap happened: seven bytes BCD, YYYYMMDDhhmmss, local time of China, exactly as the TAC covers
 *  them. A terminal with a broken clock can send bytes that are no time; they are kept all the same.
 *
 *  @param bcd the seven bytes as a number, 0 to 2^56-1 */
public record EventTime(long bcd) {
    public EventTime {
        if (bcd >>> 56 != 0) {
            throw new IllegalArgumentException("an event time has seven bytes");
        }
    }

    public static EventTime of(LocalDateTime time) {
        String digits = "%04d%02d%02d%02d%02d%02d".formatted(time.getYear(), time.getMonthValue(), time.getDayOfMonth(),
                time.getHour(), time.getMinute(), time.getSecond());
        return new EventTime(HexFormat.fromHexDigitsToLong(digits));
    }

    /** The time, or empty if the bytes are none. */
    public Optional<LocalDateTime> find() {
        try {
            return Optional.of(LocalDateTime.of(digits(40, 4), digits(32, 2), digits(24, 2), digits(16, 2), digits(8, 2), digits(0, 2)));
        } catch (DateTimeException | IllegalArgumentException noTime) {
            return Optional.empty();
        }
    }

    private int digits(int shift, int count) {
        int value = 0;
        for (int i = count - 1; i >= 0; i--) {
            int nibble = (int) (bcd >>> (shift + 4 * i)) & 0xF;
            if (nibble > 9) {
                throw new IllegalArgumentException("not BCD");
            }
            value = value * 10 + nibble;
        }
        return value;
    }

    /** The 14 digits as they lie on the card. */
    @Override
    public String toString() {
        return HexFormat.of().withUpperCase().toHexDigits(bcd, 14);
    }
}
