package cn.onecard.purse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardNo;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemes of diversification as data: what each one's factors are, and what is no scheme. */
class FactorFormatTest {
    private static final CardNo CARD = CardNo.ofDigits("31012345678901234567");
    private static final long ISSUER = 0x0102_0304_A5A6_A7A8L;
    private static final int CITY = 0x2900;

    @ParameterizedTest
    @CsvSource(textBlock = """
        # scheme                          first level       second level
          issuer > asn,                   01020304A5A6A7A8, 2345678901234567
          issuer[0..4]+FFFFFFFF > asn,    01020304FFFFFFFF, 2345678901234567
          city+FF0000000000 > asn,        2900FF0000000000, 2345678901234567
          issuer[0..4]+issuer[0..4]>asn,  0102030401020304, 2345678901234567
        """)
    void factors_schemeInUse_areThoseOfTheScheme(String scheme, String first, String second) {
        assertThat(FactorFormat.parse(scheme).factors(CARD, ISSUER, CITY).stream().map(Vector::hex)).containsExactly(first, second);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        asn,                               2345678901234567
        0011223344556677,                  0011223344556677
        asn[4..8] + issuer[0..2] + city,   0123456701022900
        city[1..2]+asn[0..7],              0023456789012345
        """)
    void factors_oneLevel_isTheOnlyFactor(String scheme, String factor) {
        assertThat(FactorFormat.parse(scheme).factors(CARD, ISSUER, CITY).stream().map(Vector::hex)).containsExactly(factor);
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void cardKey_twoLevels_appliesTheFirstLevelFirst(Algorithm algorithm) {
        byte[] master = Vector.parse("00112233445566778899AABBCCDDEEFF");
        byte[] byHand = PurseCrypto.diversify(algorithm, PurseCrypto.diversify(algorithm, master, Vector.parse("01020304A5A6A7A8")),
                Vector.parse("2345678901234567"));

        assertThat(FactorFormat.parse("issuer > asn").cardKey(algorithm, master, CARD, ISSUER, CITY)).isEqualTo(byHand);
        assertThat(FactorFormat.parse("asn > issuer").cardKey(algorithm, master, CARD, ISSUER, CITY)).isNotEqualTo(byHand);
    }

    @Test
    void cardKey_masterKey_isLeftAsItWas() {
        byte[] master = Vector.parse("00112233445566778899AABBCCDDEEFF");

        FactorFormat.parse("issuer > asn").cardKey(Algorithm.TDES, master, CARD, ISSUER, CITY);

        assertThat(Vector.hex(master)).isEqualTo("00112233445566778899AABBCCDDEEFF");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ">", "issuer >", "> asn", "issuer > > asn", "issuer asn", "card", "Issuer", "asn8", "issuer+", "+asn",
        "00112233445566G7", "001122334455667", "aabbccddeeff0011", "issuer[0.4]+FFFFFFFF", "issuer[0..]", "issuer[-1..7]"})
    void parse_noPieceOfAFactor_isRefusedShowingThePiece(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> FactorFormat.parse(text)).withMessageContaining("not a piece of a factor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"city", "issuer[0..7]", "issuer+city", "00", "001122334455667788", "asn > city", "issuer[0..4]+FFFFFF > asn"})
    void parse_levelNotEightBytes_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> FactorFormat.parse(text)).withMessageContaining("a factor has 8 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"issuer[4..4]+issuer", "issuer[5..3]", "issuer[0..9]", "city[0..3]", "city[2..3]+asn[0..7]"})
    void parse_cutOutsideItsPiece_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> FactorFormat.parse(text)).withMessageContaining("not within");
    }

    @Test
    void toString_parsedText_isTheTextAgain() {
        List<String> schemes = List.of("issuer > asn", "city+FF0000000000 > asn");

        assertThat(schemes.stream().map(text -> FactorFormat.parse(text).toString())).isEqualTo(schemes);
    }
}
