package cn.onecard.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Card numbers: twenty decimal digits, nothing else, and never shown whole by accident. */
class CardNoTest {
    private static final String DIGITS = "31012345678901234567";

    static IntStream nibbles() {
        return IntStream.range(0, 20);
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 10);
    }

    @Test
    void ofDigits_twentyDigits_splitsHeadAndAsn() {
        CardNo card = CardNo.ofDigits(DIGITS);

        assertThat(card.head()).isEqualTo(0x3101);
        assertThat(card.asn8()).isEqualTo(0x2345678901234567L);
        assertThat(card.digits()).isEqualTo(DIGITS);
        assertThat(card.bytes()).isEqualTo(HexFormat.of().parseHex(DIGITS));
    }

    @ParameterizedTest
    @MethodSource("nibbles")
    void ofBytes_oneNibble_isTakenFromZeroToNineOnly(int nibble) {
        for (int value = 0; value < 16; value++) {
            byte[] bcd = HexFormat.of().parseHex("99999999999999999999");
            int shift = nibble % 2 == 0 ? 4 : 0;
            bcd[nibble / 2] = (byte) ((bcd[nibble / 2] & ~(0xF << shift)) | value << shift);
            if (value <= 9) {
                assertThat(CardNo.ofBytes(bcd).bytes()).isEqualTo(bcd);
            } else {
                assertThatIllegalArgumentException().isThrownBy(() -> CardNo.ofBytes(bcd));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void ofBytes_randomDigits_comeBackAndSortLikeTheirDigits(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            CardNo a = CardNo.ofDigits(randomDigits(random));
            CardNo b = CardNo.ofDigits(randomDigits(random));

            assertThat(CardNo.ofBytes(a.bytes())).isEqualTo(a).hasSameHashCodeAs(CardNo.ofDigits(a.digits()));
            assertThat(Integer.signum(a.compareTo(b))).isEqualTo(Integer.signum(a.digits().compareTo(b.digits())));
        }
    }

    @Test
    void compareTo_asnAbove8_isAboveAsnBelow8() {
        assertThat(CardNo.ofDigits("00009999999999999999")).isGreaterThan(CardNo.ofDigits("00001000000000000000"));
        assertThat(CardNo.ofDigits("00010000000000000000")).isGreaterThan(CardNo.ofDigits("00009999999999999999"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3101234567890123456", "310123456789012345678", "3101234567890123456A", "3101234567890123456 ",
        "-3101234567890123456", "３１０１２３４５６７８９０１２３４５６７"})
    void ofDigits_notTwentyAsciiDigits_isRefused(String digits) {
        assertThatIllegalArgumentException().isThrownBy(() -> CardNo.ofDigits(digits))
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("3101234567"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 9, 11, 20})
    void ofBytes_notTenBytes_isRefused(int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> CardNo.ofBytes(new byte[length]));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0x10000, 0xA000, 0x000A, 0x7FFF_FFFF})
    void make_headIsNoFourDigits_isRefused(int head) {
        assertThatIllegalArgumentException().isThrownBy(() -> new CardNo(head, 0));
    }

    @Test
    void toString_anyCard_isMasked() {
        CardNo card = CardNo.ofDigits(DIGITS);

        assertThat(card).hasToString("310123**********4567");
        assertThat(List.of(card).toString()).doesNotContain(DIGITS);
    }

    private static String randomDigits(Random random) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            digits.append(i < 6 ? random.nextInt(2) : random.nextInt(10));
        }
        return digits.toString();
    }
}
