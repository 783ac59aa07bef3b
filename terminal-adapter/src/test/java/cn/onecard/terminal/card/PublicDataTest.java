package cn.onecard.terminal.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.vocabulary.CardNo;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** File 0015 in its three layouts, and the FCI it arrives in. */
class PublicDataTest {
    private static final String T_UNION = "01020304FFFFFFFF0201031012345678901234562025010120401231" + "0000";

    @Test
    void parse_tUnion_readsNumberAndValidity() throws CardRefused {
        PublicData data = PublicData.parse(HexFormat.of().parseHex(T_UNION), CardFamilies.layout("T_UNION"));
        assertThat(data.cardNo()).isEqualTo(CardNo.ofDigits("03101234567890123456"));
        assertThat(data.issuerId()).isEqualTo(0x01020304FFFFFFFFL);
        assertThat(data.enabled()).isTrue();
        assertThat(data.isValidOn(LocalDate.of(2025, 1, 1))).isTrue();
        assertThat(data.isValidOn(LocalDate.of(2040, 12, 31))).isTrue();
        assertThat(data.isValidOn(LocalDate.of(2041, 1, 1))).isFalse();
        assertThat(data.city()).isEmpty();
    }

    @Test
    void parse_tUnionStopped_isNotEnabled() throws CardRefused {
        byte[] file = HexFormat.of().parseHex(T_UNION);
        file[9] = 0x02;
        assertThat(PublicData.parse(file, CardFamilies.layout("T_UNION")).enabled()).isFalse();
    }

    @Test
    void parse_pboc_hasTenByteNumber() throws CardRefused {
        PublicData data = PublicData.parse(HexFormat.of().parseHex(T_UNION), CardFamilies.layout("PBOC"));
        assertThat(data.cardNo()).isEqualTo(CardNo.ofDigits("03101234567890123456"));
    }

    @Test
    void parse_mohurd_readsCityClassAndEightByteNumber() throws CardRefused {
        PublicData data = PublicData.parse(HexFormat.of().parseHex("100029000001000001010001123456789012345620250101204012310B00"),
                CardFamilies.layout("MOHURD"));
        assertThat(data.cardNo()).isEqualTo(CardNo.ofDigits("00001234567890123456"));
        assertThat(data.city()).contains(0x2900);
        assertThat(data.cardClass()).contains(0x0B);
        assertThat(data.enabled()).isTrue();
    }

    @Test
    void parse_datesThatAreNone_areNeverValid() throws CardRefused {
        byte[] file = HexFormat.of().parseHex(T_UNION.replace("20250101", "FFFFFFFF"));
        PublicData data = PublicData.parse(file, CardFamilies.layout("T_UNION"));
        assertThat(data.validFrom()).isEmpty();
        assertThat(data.isValidOn(LocalDate.of(2026, 1, 1))).isFalse();
    }

    @Test
    void parse_tooShort_isRefused() {
        assertThatThrownBy(() -> PublicData.parse(new byte[29], CardFamilies.layout("T_UNION"))).isInstanceOf(CardRefused.class);
    }

    @Test
    void find_nestedTagAmongOthers_isFoundAtAnyOffset() {
        byte[] fci = HexFormat.of().parseHex("6F148408A000000632010105A5089F0801029F0C01AA");
        assertThat(Tlv.find(fci, 0x9F0C)).contains(new byte[] {(byte) 0xAA});
        assertThat(Tlv.find(fci, 0x9F0D)).isEmpty();
    }

    @Test
    void find_truncatedTlv_isEmptyAtEveryLength() {
        byte[] fci = HexFormat.of().parseHex("6F148408A000000632010105A5089F0801029F0C01AA");
        for (int length = 0; length < fci.length; length++) {
            assertThat(Tlv.find(Arrays.copyOf(fci, length), 0x9F0C)).isEmpty();
        }
    }
}
