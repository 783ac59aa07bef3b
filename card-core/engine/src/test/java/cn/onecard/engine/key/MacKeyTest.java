package cn.onecard.engine.key;

import static cn.onecard.engine.testing.RailsVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.engine.testing.RailsVectors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every MAC of every vector comes out, and a changed text, key or MAC is noticed. */
class MacKeyTest {
    static List<RailsVectors> cupVectors() {
        return RailsVectors.list("cup_ecb_mac");
    }

    @ParameterizedTest
    @MethodSource("cupVectors")
    void mac_cupVector_comesOut(RailsVectors vector) {
        MacMethod method = switch (vector.text("cipher")) {
            case "DES" -> MacMethod.CUP_ECB_DES;
            case "3DES-2KEY" -> MacMethod.CUP_ECB_3DES;
            default -> MacMethod.CUP_ECB_SM4;
        };
        MacKey key = key(method, vector.bytes("mak"));
        byte[] text = vector.has("mab") ? vector.bytes("mab") : vector.bytes("xor");

        assertThat(hex(key.full(method, text))).isEqualTo(vector.text("full"));
        assertThat(hex(key.mac(method, text))).isEqualTo(vector.text("field64"));
    }

    @Test
    void mac_x919Vector_comesOutInBothForms() {
        RailsVectors vector = RailsVectors.named("x919-1");
        MacKey key = key(MacMethod.X919_RAW8, vector.bytes("mak"));

        assertThat(hex(key.mac(MacMethod.X919_RAW8, vector.bytes("mab")))).isEqualTo(vector.text("mac_raw8"));
        assertThat(new String(key.mac(MacMethod.X919_HEX8, vector.bytes("mab")), StandardCharsets.US_ASCII)).isEqualTo(vector.text("mac_hex8"));
    }

    @Test
    void mac_sm4CbcVector_comesOut() {
        RailsVectors vector = RailsVectors.named("sm4-cbc-mac-1");
        MacKey key = key(MacMethod.CBC_SM4_RAW8, vector.bytes("mak"));

        assertThat(hex(key.full(MacMethod.CBC_SM4_RAW8, vector.bytes("mab")))).isEqualTo(vector.text("full"));
        assertThat(hex(key.mac(MacMethod.CBC_SM4_RAW8, vector.bytes("mab")))).isEqualTo(vector.text("full").substring(0, 16));
    }

    @ParameterizedTest
    @EnumSource(MacMethod.class)
    void verify_anyMethod_noticesEveryChangedBit(MacMethod method) {
        SplittableRandom random = new SplittableRandom(8583);
        byte[] keyBytes = new byte[method.form().keyBytes()];
        byte[] text = new byte[75];
        random.nextBytes(keyBytes);
        random.nextBytes(text);
        MacKey key = key(method, keyBytes);
        byte[] mac = key.mac(method, text);

        assertThat(mac).hasSize(8);
        assertThat(key.verify(method, text, mac)).isTrue();
        for (int bit = 0; bit < 8 * text.length; bit++) {
            text[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(key.verify(method, text, mac)).as("bit %d of the text", bit).isFalse();
            text[bit / 8] ^= (byte) (1 << bit % 8);
        }
        mac[7] ^= 1;
        assertThat(key.verify(method, text, mac)).isFalse();
        assertThat(key.verify(method, text, new byte[0])).isFalse();
    }

    @Test
    void mac_methodOfAnotherKey_isRefused() {
        MacKey key = key(MacMethod.CUP_ECB_DES, new byte[8]);

        assertThatThrownBy(() -> key.mac(MacMethod.X919_RAW8, new byte[8])).isInstanceOf(IllegalArgumentException.class);
    }

    private static MacKey key(MacMethod method, byte[] bytes) {
        return new MacKey(new BlockKey(method.form(), bytes));
    }
}
