package cn.onecard.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Event times: seven bytes as sent, read as a time only where they are one. */
class EventTimeTest {
    static LongStream seeds() {
        return LongStream.rangeClosed(1, 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"19700101000000", "20240229235959", "20000229120000", "20250102030405", "20991231235959", "00010101000000", "99991231235959"})
    void find_digitsAreATime_isThatTime(String digits) {
        EventTime time = new EventTime(HexFormat.fromHexDigitsToLong(digits));

        assertThat(time.find()).hasValueSatisfying(found -> assertThat(EventTime.of(found)).isEqualTo(time));
        assertThat(time).hasToString(digits);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "00000000000000", "FFFFFFFFFFFFFF", "20250229000000", "19000229000000", "20250431000000", "20251301000000", "20250001000000",
        "20250100000000", "20250132000000", "20250102240000", "20250102036000", "20250102030460", "2025010203040A", "A0250102030405",
        "20250A02030405"})
    void find_digitsAreNoTime_isEmptyAndTheBytesAreKept(String digits) {
        EventTime time = new EventTime(HexFormat.fromHexDigitsToLong(digits));

        assertThat(time.find()).isEmpty();
        assertThat(time).hasToString(digits);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void of_randomTime_comesBackCutToTheSecond(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            LocalDateTime time = LocalDateTime.of(1970, 1, 1, 0, 0).plusSeconds(random.nextLong(4_100_000_000L));

            assertThat(EventTime.of(time.plusNanos(999_999_999)).find()).contains(time);
            assertThat(EventTime.of(time)).hasToString(digits(time));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 56, Long.MIN_VALUE})
    void make_moreThanSevenBytes_isRefused(long bcd) {
        assertThatIllegalArgumentException().isThrownBy(() -> new EventTime(bcd));
    }

    @Test
    void of_yearWithoutFourDigits_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> EventTime.of(LocalDateTime.of(10_000, 1, 1, 0, 0)));
        assertThatIllegalArgumentException().isThrownBy(() -> EventTime.of(LocalDateTime.of(-1, 1, 1, 0, 0)));
    }

    private static String digits(LocalDateTime time) {
        return time.toString().length() == 16
                ? time.toString().replaceAll("\\D", "") + "00"
                : time.toString().replaceAll("\\D", "");
    }
}
