package cn.onecard.engine.rail.qr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.engine.testing.RailsVectors;
import cn.onecard.vocabulary.Money;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The specification's sample is read and written; what is no code is refused; nothing is accepted and written otherwise. */
class MerchantCodeTest {
    private static final String SAMPLE = RailsVectors.named("emvco-mpm-crc-1").text("payload");
    private static final MerchantCode SHOP = MerchantCode.of(new MerchantCode.Merchant("5411", "光明超市", "JINAN"),
            DataObject.template("26", List.of(new DataObject("00", "cn.onecard"), new DataObject("01", "300001"))));

    @Test
    void crc_checkValue_comesOut() {
        assertThat(Crc.of("123456789")).isEqualTo(0x29B1);
        assertThat(Crc.of(RailsVectors.named("emvco-mpm-crc-1").text("payload_without_crc"))).isEqualTo(0xA13A);
    }

    @Test
    void parse_specificationSample_hasItsObjectsAndIsWrittenTheSame() {
        MerchantCode code = MerchantCode.parse(SAMPLE);

        assertThat(code.text()).isEqualTo(SAMPLE);
        assertThat(code.isDynamic()).isTrue();
        assertThat(code.find("59")).hasValue("BEST TRANSPORT");
        assertThat(code.findAmount()).hasValue(Money.ofFen(2_372));
        assertThat(code.listAccounts()).extracting(DataObject::id).containsExactly("29", "31");
        assertThat(code.listAccounts().get(0).objects()).containsExactly(new DataObject("00", "D15600000000"), new DataObject("05", "A93FO3230Q"));
        assertThat(code.listWithin("64")).containsExactly(new DataObject("00", "ZH"), new DataObject("01", "最佳运输"), new DataObject("02", "北京"));
        assertThat(code.listWithin("62")).contains(new DataObject("06", "***"));
        assertThat(code.listWithin("80")).isEmpty();
    }

    @Test
    void withAmount_staticCode_isForOnePayment() {
        MerchantCode paid = MerchantCode.parse(SHOP.withAmount(Money.ofFen(1_205)).text());

        assertThat(SHOP.isDynamic()).isFalse();
        assertThat(SHOP.findAmount()).isEmpty();
        assertThat(paid.isDynamic()).isTrue();
        assertThat(paid.findAmount()).hasValue(Money.ofFen(1_205));
        assertThat(paid.withAmount(Money.ofFen(7)).findAmount()).hasValue(Money.ofFen(7));
        assertThat(paid.find("59")).hasValue("光明超市");
        assertThatThrownBy(() -> SHOP.withAmount(Money.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        12,             1200
        12.,            1200
        12.3,           1230
        12.34,          1234
        0.05,           5
        9999999999.99,  999999999999
        """)
    void findAmount_anyWriting_isInFen(String written, long fen) {
        assertThat(SHOP.with(new DataObject("54", written)).findAmount()).hasValue(Money.ofFen(fen));
    }

    @Test
    void findAmount_notOfFen_isRefused() {
        assertThatThrownBy(() -> SHOP.with(new DataObject("54", "1.234")).findAmount()).isInstanceOf(MalformedCode.class);
        assertThatThrownBy(() -> SHOP.with(new DataObject("54", "1.00")).with(new DataObject("53", "344")).findAmount()).isInstanceOf(MalformedCode.class);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # changed by with(id, value),  what is wrong
        01, 13,                        object 01 does not look as it should
        00, 02,                        object 00 does not look as it should
        52, 541,                       object 52 does not look as it should
        54, '1,00',                    object 54 does not look as it should
        54, 12345678901.00,            object 54 does not look as it should
        58, cn,                        object 58 does not look as it should
        59, '',                        object 59 does not look as it should
        60, A city of long name,       object 60 does not look as it should
        63, A13A,                      object 63 is not last
        """)
    void with_objectThatIsWrong_isRefused(String id, String value, String what) {
        assertThatThrownBy(() -> SHOP.with(new DataObject(id, value))).isInstanceOf(MalformedCode.class).hasMessage(what);
    }

    @Test
    void constructor_objectsThatAreNoCode_isRefused() {
        List<DataObject> all = SHOP.objects();

        assertThatThrownBy(() -> new MerchantCode(all.subList(1, all.size()))).hasMessage("object 00 is not first");
        assertThatThrownBy(() -> new MerchantCode(all.subList(0, all.size() - 1))).hasMessage("no object 60");
        assertThatThrownBy(() -> new MerchantCode(all.stream().filter(object -> !object.id().equals("26")).toList())).hasMessage("no account");
        assertThatThrownBy(() -> new MerchantCode(Stream.concat(all.stream(), all.stream().skip(1)).toList())).hasMessage("an object twice");
        MerchantCode full = SHOP.with(new DataObject("80", "x".repeat(99))).with(new DataObject("81", "x".repeat(99))).with(new DataObject("82", "x".repeat(99))).with(new DataObject("83", "x".repeat(99)));
        assertThatThrownBy(() -> full.with(new DataObject("84", "x".repeat(99)))).hasMessage("more than 512 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "6304", "6304FFFF", "000201", "00020163041D3D", "nonsense"})
    void parse_noCode_isRefused(String text) {
        assertThatThrownBy(() -> MerchantCode.parse(text)).isInstanceOf(MalformedCode.class);
    }

    @Test
    void parse_checkSumInLowerCase_isRefused() {
        assertThatThrownBy(() -> MerchantCode.parse(SAMPLE.substring(0, SAMPLE.length() - 4) + "a13a")).hasMessage("the check sum is wrong");
    }

    @Test
    void parse_rareCharacters_areCountedAsOneEach() {
        MerchantCode code = SHOP.with(DataObject.template("64", List.of(new DataObject("00", "ZH"), new DataObject("01", "𠮷野家"))));

        assertThat(code.text()).contains("6413" + "0002ZH" + "0103𠮷野家");
        assertThat(MerchantCode.parse(code.text())).isEqualTo(code);
        assertThatThrownBy(() -> new DataObject("01", "\ud842")).isInstanceOf(MalformedCode.class);
        assertThatThrownBy(() -> new DataObject("01", "x".repeat(100))).isInstanceOf(MalformedCode.class);
        assertThatThrownBy(() -> new DataObject("1", "x")).isInstanceOf(MalformedCode.class);
    }

    @Test
    void parse_anyCharacterChanged_isRefused() {
        for (int at = 0; at < SAMPLE.length(); at++) {
            String changed = SAMPLE.substring(0, at) + (SAMPLE.charAt(at) == '7' ? '8' : '7') + SAMPLE.substring(at + 1);
            assertThatThrownBy(() -> MerchantCode.parse(changed)).as("character %d", at).isInstanceOf(MalformedCode.class);
        }
    }

    /** The check sum is put right again, so that more than it is tried. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void parse_damagedTexts_areRefusedOrWrittenTheSame(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String letters = "00112233456789运x𠮷";
        int accepted = 0;
        for (int i = 0; i < 30_000; i++) {
            StringBuilder body = new StringBuilder(SAMPLE.substring(0, SAMPLE.length() - 8));
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                body.setCharAt(random.nextInt(body.length()), letters.charAt(random.nextInt(letters.length())));
            }
            body.append("6304");
            String text = body + String.format("%04X", Crc.of(body.toString()));
            try {
                assertThat(MerchantCode.parse(text).text()).isEqualTo(text);
                accepted++;
            } catch (MalformedCode refused) {
                assertThat(refused.getMessage()).isNotEmpty();
            }
        }
        assertThat(accepted).isBetween(5_000, 25_000);
    }
}
