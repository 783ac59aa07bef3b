package cn.onecard.engine.rail.tlv;

import static cn.onecard.engine.testing.RailsVectors.bytesOf;
import static cn.onecard.engine.testing.RailsVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is accepted is written to the same bytes; everything else is refused, and nothing else is thrown. */
class TlvTest {
    @Test
    void parse_chipData_findsTheObjects() {
        List<Tlv> objects = Tlv.parse(bytesOf("9F26080123456789ABCDEF 9F270180 9F3602001C"));

        assertThat(objects).extracting(Tlv::tag).containsExactly(0x9F26, 0x9F27, 0x9F36);
        assertThat(Tlv.find(objects, 0x9F36)).hasValueSatisfying(counter -> assertThat(counter.value()).containsExactly(0, 0x1C));
        assertThat(Tlv.find(objects, 0x95)).isEmpty();
        assertThat(objects).hasToString("[9f26(8), 9f27(1), 9f36(2)]");
    }

    @Test
    void parse_template_hasChildren() {
        List<Tlv> objects = Tlv.parse(bytesOf("61 0D 4F 03 A00000 50 06 506179427574"));

        assertThat(objects.get(0).isTemplate()).isTrue();
        assertThat(objects.get(0).children()).extracting(Tlv::tag).containsExactly(0x4F, 0x50);
        assertThat(objects).containsExactly(Tlv.of(0x61, objects.get(0).children()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 255, 256, 65_535})
    void write_valueOfAnyLength_isParsedAgain(int length) {
        Tlv object = Tlv.of(0x9F10, new byte[length]);

        assertThat(Tlv.parse(Tlv.write(List.of(object)))).containsExactly(object);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        9F,             a tag that does not end
        9F8181,         a tag that does not end
        DF80,           a tag that does not end
        DF800100,       a tag that is longer than it need be
        DFFFFFFF01,     a tag that does not end
        95,             no length
        9505010203,     a value that ends behind the end
        00,             a filling byte
        FF00,           a filling byte
        9580,           an indefinite or too long length
        9583000001AA,   an indefinite or too long length
        9581,           a length that does not end
        95817F,         a length that is longer than it need be
        958200FF,       a length that is longer than it need be
        610295,         a value that ends behind the end
        61039502AA,     a value that ends behind the end
        """)
    void parse_noTlv_saysWhatIsWrong(String bytes, String what) {
        assertThatThrownBy(() -> Tlv.parse(bytesOf(bytes))).isInstanceOf(MalformedTlv.class).hasMessageEndingWith(what);
    }

    @Test
    void parse_templatesWithinTemplates_goSoDeepOnly() {
        byte[] deep = new byte[0];
        for (int i = 0; i < 8; i++) {
            deep = Tlv.write(List.of(Tlv.of(0x61, Tlv.parse(deep))));
        }
        byte[] deepest = deep;
        byte[] deeper = new byte[deep.length + 2];
        System.arraycopy(deep, 0, deeper, 2, deep.length);
        deeper[0] = 0x61;
        deeper[1] = (byte) deep.length;

        assertThat(hex(Tlv.write(Tlv.parse(deepest)))).isEqualTo(hex(deepest));
        assertThatThrownBy(() -> Tlv.parse(deeper)).isInstanceOf(MalformedTlv.class).hasMessageContaining("too deep");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x61, 0x9F, 0xFF, 0x1F80, 0x1_0000_01, 0x9581})
    void of_noTagOfAValue_isRefused(int tag) {
        assertThatThrownBy(() -> Tlv.of(tag, new byte[1])).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void parse_randomBytes_areRefusedOrWrittenTheSame(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] tags = bytesOf("61 62 9F 26 95 81 82 05 01 02 00 03 04 7F");
        int accepted = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[random.nextInt(16)];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = tags[random.nextInt(tags.length)];
            }
            try {
                assertThat(Arrays.equals(Tlv.write(Tlv.parse(bytes)), bytes)).isTrue();
                accepted++;
            } catch (MalformedTlv refused) {
                assertThat(refused.getMessage()).startsWith("byte ");
            }
        }
        assertThat(accepted).isGreaterThan(1_000);
    }
}
