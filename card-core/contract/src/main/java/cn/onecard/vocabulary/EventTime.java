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

    /** The bytes for a time, cut to the second.
     *
     *  @throws IllegalArgumentException if the year has not four digits */
    public static EventTime of(LocalDateTime time) {
        if (time.getYear() < 0 || time.getYear() > 9999) {
            throw new IllegalArgumentException("a year has four digits, not " + time.getYear());
        }
        long bcd = bcd(time.getYear() / 100) << 48 | bcd(time.getYear() % 100) << 40 | bcd(time.getMonthValue()) << 32
                | bcd(time.getDayOfMonth()) << 24 | bcd(time.getHour()) << 16 | bcd(time.getMinute()) << 8 | bcd(time.getSecond());
        return new EventTime(bcd);
    }

    /** The time, or empty if the bytes are none. */
    public Optional<LocalDateTime> find() {
        try {
            return Optional.of(LocalDateTime.of(digits(40, 4), digits(32, 2), digits(24, 2), digits(16, 2), digits(8, 2), digits(0, 2)));
        } catch (DateTimeException | IllegalArgumentException noTime) {
            return Optional.empty();
        }
    }

    /** Two decimal digits as one byte. */
    private static long bcd(long twoDigits) {
        return (twoDigits / 10) << 4 | twoDigits % 10;
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
