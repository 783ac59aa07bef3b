package cn.onecard.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The codes that frames, rows and files carry. A released code never changes, so each is written down here a second time. */
class CodesTest {
    @Test
    void refusals_orderAndCodes_areThoseReleased() {
        assertThat(Arrays.stream(Refusal.values()).map(refusal -> refusal.code() + " " + refusal)).containsExactly(
                "10 MALFORMED",
                "20 KEY_VERSION_UNKNOWN", "21 TAC_WRONG", "22 GREY", "23 KEY_VERSION_RETIRED",
                "30 TIME_UNREADABLE", "31 EVENT_TOO_OLD", "32 EVENT_IN_FUTURE",
                "40 PSAM_UNKNOWN", "41 PSAM_NOT_OF_CALLER", "42 PSAM_NOT_BOUND",
                "50 CARD_UNKNOWN", "51 CARD_CLOSED", "52 CARD_REPORTED_LOST", "53 CARD_EXPIRED", "54 ISSUER_MISMATCH",
                "55 CLASS_MISMATCH", "56 TEST_CARD", "57 CARD_NOT_ACTIVATED",
                "60 RIDE_IMPLAUSIBLE", "61 TARIFF_UNKNOWN", "62 FARE_TOO_HIGH", "63 AMOUNT_ZERO", "64 AMOUNT_ABOVE_LIMIT",
                "65 BALANCE_TOO_LOW",
                "70 KEY_CONFLICT");
    }

    @Test
    void refusals_codes_areUniqueRiseWithThePrecedenceAndFitTheirColumn() {
        assertThat(Arrays.stream(Refusal.values()).map(Refusal::code)).isSorted().doesNotHaveDuplicates()
                .allSatisfy(code -> assertThat(code).isBetween(1, (int) Short.MAX_VALUE));
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void refusal_byItsCode_isFound(Refusal refusal) {
        assertThat(Refusal.byCode(refusal.code())).isEqualTo(refusal);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 11, 99, Integer.MAX_VALUE})
    void refusal_byACodeOfNone_isRefused(int code) {
        assertThatIllegalArgumentException().isThrownBy(() -> Refusal.byCode(code));
    }

    @Test
    void otherCodes_areThoseReleased() {
        assertThat(Arrays.stream(CardKind.values()).map(kind -> kind.code() + " " + kind))
                .containsExactly("1 ORDINARY", "2 STUDENT", "3 SENIOR", "4 TEST", "5 MILITARY");
        assertThat(Arrays.stream(ServiceCode.values()).map(service -> service.code() + " " + service)).containsExactly("1 BUS", "2 METRO");
        assertThat(Arrays.stream(RideKind.values()).map(kind -> kind.code() + " " + kind)).containsExactly("1 SINGLE", "2 ENTRY", "3 EXIT");
        assertThat(Arrays.stream(Algorithm.values()).map(algorithm -> algorithm.code() + " " + algorithm)).containsExactly("1 TDES", "2 SM4");
    }

    @Test
    void find_everyByteValue_findsExactlyTheReleasedOnes() {
        for (int code = -1; code <= 256; code++) {
            int wanted = code;
            assertThat(CardKind.findByCode(code)).isEqualTo(Arrays.stream(CardKind.values()).filter(k -> k.code() == wanted).findFirst());
            assertThat(ServiceCode.findByCode(code)).isEqualTo(Arrays.stream(ServiceCode.values()).filter(s -> s.code() == wanted).findFirst());
            assertThat(RideKind.findByCode(code)).isEqualTo(Arrays.stream(RideKind.values()).filter(k -> k.code() == wanted).findFirst());
        }
    }

    @Test
    void algorithm_byCodeAndName_isFoundOrRefused() {
        assertThat(Algorithm.byCode(2)).isEqualTo(Algorithm.SM4);
        assertThat(Algorithm.parse("tdes")).isEqualTo(Algorithm.TDES);
        assertThatIllegalArgumentException().isThrownBy(() -> Algorithm.byCode(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Algorithm.byCode(3));
        assertThatIllegalArgumentException().isThrownBy(() -> Algorithm.parse("AES"));
    }
}
