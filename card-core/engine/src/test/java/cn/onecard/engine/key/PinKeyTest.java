package cn.onecard.engine.key;

import static cn.onecard.engine.testing.RailsVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.engine.testing.RailsVectors;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PIN blocks as the vector has them, and translated from key to key without a PIN in between. */
class PinKeyTest {
    private static final String PAN = "6212340000000000012";
    private static final String TDES_KEY = "0123456789ABCDEFFEDCBA9876543210";
    private static final String SM4_KEY = "FEDCBA98765432100123456789ABCDEF";

    @Test
    void encipher_vector_comesOut() {
        RailsVectors vector = RailsVectors.named("pin-block-fmt0-1");
        BlockKey pik = new BlockKey(BlockKey.Form.TDES, vector.bytes("pik"));
        byte[] block = new PinKey(pik).encipher(vector.text("pin").toCharArray(), vector.text("pan"));

        assertThat(hex(block)).isEqualTo(vector.text("encrypted_block"));
        assertThat(hex(pik.decrypt(block))).isEqualTo(vector.text("clear_block"));
    }

    @Test
    void encipher_sm4_fillsSixteenBytes() {
        BlockKey pik = new BlockKey(BlockKey.Form.SM4, RailsVectors.bytesOf(SM4_KEY));
        byte[] block = new PinKey(pik).encipher("123654".toCharArray(), "6230606601007726888");

        assertThat(hex(pik.decrypt(block))).isEqualTo("06123654FFFFFFFFFFFF99FEFF88D977");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234", "12345", "123456", "000000", "123456789012"})
    void translate_pinOfAnyLength_arrivesUnderTheOtherKey(String pin) {
        PinKey from = key(BlockKey.Form.TDES, TDES_KEY);
        PinKey to = key(BlockKey.Form.SM4, SM4_KEY);
        byte[] block = from.encipher(pin.toCharArray(), PAN);

        assertThat(from.translate(block, PAN, to)).hasValue(to.encipher(pin.toCharArray(), PAN));
        assertThat(to.translate(to.encipher(pin.toCharArray(), PAN), PAN, from)).hasValue(block);
    }

    @Test
    void translate_otherCardOrKeyOrLength_findsNoPin() {
        PinKey from = key(BlockKey.Form.TDES, TDES_KEY);
        byte[] block = from.encipher("123456".toCharArray(), PAN);

        assertThat(from.translate(block, "6212340000000009992", from)).isEmpty();
        assertThat(from.translate(new byte[16], PAN, from)).isEmpty();
        assertThat(key(BlockKey.Form.TDES, SM4_KEY).translate(block, PAN, from)).isEmpty();
    }

    @Test
    void translate_randomBlocks_hardlyEverHoldAPin() {
        SplittableRandom random = new SplittableRandom(9564);
        PinKey key = key(BlockKey.Form.TDES, TDES_KEY);
        byte[] block = new byte[8];
        int found = 0;
        for (int i = 0; i < 2_000; i++) {
            random.nextBytes(block);
            found += key.translate(block, PAN, key).isPresent() ? 1 : 0;
        }

        assertThat(found).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"123", "1234567890123", "12a4", ""})
    void encipher_noPin_isRefusedWithoutShowingIt(String pin) {
        PinKey key = key(BlockKey.Form.TDES, TDES_KEY);

        assertThatThrownBy(() -> key.encipher(pin.toCharArray(), PAN)).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("a PIN has ");
    }

    private static PinKey key(BlockKey.Form form, String hex) {
        return new PinKey(new BlockKey(form, RailsVectors.bytesOf(hex)));
    }
}
