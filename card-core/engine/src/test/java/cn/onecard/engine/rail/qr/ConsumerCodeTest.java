package cn.onecard.engine.rail.qr;

import static cn.onecard.engine.testing.RailsVectors.bytesOf;
import static cn.onecard.engine.testing.RailsVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.engine.rail.tlv.Tlv;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The specification's sample is read and written; what is no code is refused; nothing is accepted and written otherwise. */
class ConsumerCodeTest {
    /** The specification's sample: two products of one cardholder. */
    private static final String SAMPLE = "hQVDUFYwMWETTwegAAAAVVVVUAhQcm9kdWN0MWETTwegAAAAZmZmUAhQcm9kdWN0MmJJWggSNFZ4kBI0WF8gDkNBUkRIT0xERVIvRU1W"
            + "Xy0IcnVlc2RlZW5kIZ8QBwYBCgMAAACfJghYT9OF+iNLzJ82AgABnzcEbVjvEw==";
    private static final Tlv AID = Tlv.of(0x4F, bytesOf("A0000006320101"));

    @Test
    void parse_specificationSample_hasItsObjectsAndIsWrittenTheSame() {
        ConsumerCode code = ConsumerCode.parse(SAMPLE);

        assertThat(code.text()).isEqualTo(SAMPLE);
        assertThat(code.listApplications()).extracting(ConsumerCode.Application::aid).containsExactly("A0000000555555", "A0000000666666");
        ConsumerCode.Application first = code.listApplications().get(0);
        assertThat(first.findLabel()).hasValue("Product1");
        assertThat(first.findPan()).hasValue("1234567890123458");
        assertThat(first.find(0x5F20).map(name -> new String(name, StandardCharsets.US_ASCII))).hasValue("CARDHOLDER/EMV");
        assertThat(first.find(0x9F26).map(bytes -> hex(bytes))).hasValue("584FD385FA234BCC");
        assertThat(first.find(0x9F36).map(bytes -> hex(bytes))).hasValue("0001");
        assertThat(first.find(0x9F37).map(bytes -> hex(bytes))).hasValue("6D58EF13");
        assertThat(first.find(0x9F08)).isEmpty();
        assertThat(code.toString()).contains("5a(8)").doesNotContain("12345678");
    }

    @Test
    void of_ownObjects_takePrecedenceOverCommonOnes() {
        ConsumerCode code = ConsumerCode.of(List.of(List.of(AID, Tlv.of(0x5A, bytesOf("621234000000000012FF".substring(0, 18) + "0F"))), List.of(AID)),
                List.of(Tlv.of(0x5A, bytesOf("1234567890123458"))));

        assertThat(ConsumerCode.parse(code.text())).isEqualTo(code);
        assertThat(code.listApplications()).extracting(application -> application.findPan().orElseThrow())
                .containsExactly("6212340000000000120", "1234567890123458");
    }

    @Test
    void findPan_trackAlone_isItsFirstPart() {
        ConsumerCode code = ConsumerCode.of(List.of(List.of(AID, Tlv.of(0x57, bytesOf("6212340000000012D3012201")))), List.of());

        assertThat(code.listApplications().get(0).findPan()).hasValue("6212340000000012");
        ConsumerCode none = ConsumerCode.of(List.of(List.of(AID)), List.of());
        assertThat(none.listApplications().get(0).findPan()).isEmpty();
        ConsumerCode letters = ConsumerCode.of(List.of(List.of(AID, Tlv.of(0x5A, bytesOf("62A2340000000012")))), List.of());
        assertThatThrownBy(() -> letters.listApplications().get(0).findPan()).isInstanceOf(MalformedCode.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8505435056303261 03 4F01A0", "8505435056303161 03 500141", "85 05 4350563031", "61 03 4F01A0 8505 4350563031", "8505435056303161 04 4F01A0"})
    void parse_noCode_isRefused(String hex) {
        String text = Base64.getEncoder().encodeToString(bytesOf(hex));

        assertThatThrownBy(() -> ConsumerCode.parse(text)).isInstanceOf(MalformedCode.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hQVDUFYwMWEDTwGg=", "hQVDUFYwMWEDTwG", "hQVDUFYwMWEDTwGh\n", "hQVDU FYw", "hQVDUFYwMWEETwKgAB=="})
    void parse_notTheOneBase64_isRefused(String text) {
        assertThatThrownBy(() -> ConsumerCode.parse(text)).isInstanceOf(MalformedCode.class);
    }

    @Test
    void of_tooLong_isRefused() {
        assertThatThrownBy(() -> ConsumerCode.of(List.of(List.of(AID)), List.of(Tlv.of(0x9F10, new byte[500])))).hasMessage("more than 512 bytes");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void parse_damagedTexts_areRefusedOrWrittenTheSame(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int accepted = 0;
        for (int i = 0; i < 30_000; i++) {
            byte[] bytes = Base64.getDecoder().decode(SAMPLE);
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            String text = Base64.getEncoder().encodeToString(bytes);
            try {
                assertThat(ConsumerCode.parse(text).text()).isEqualTo(text);
                accepted++;
            } catch (MalformedCode refused) {
                assertThat(refused.getMessage()).isNotEmpty();
            }
        }
        assertThat(accepted).isBetween(5_000, 29_000);
    }
}
