package cn.onecard.engine.key;

import static cn.onecard.engine.testing.RailsVectors.bytesOf;
import static cn.onecard.engine.testing.RailsVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.engine.testing.RailsVectors;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Working keys come out of their parcel only if every check value is right. */
class TerminalMasterKeyTest {
    private static final byte[] ZEROS = new byte[16];
    private static final byte[] TEXT = "0200 a text".getBytes(StandardCharsets.US_ASCII);

    static List<RailsVectors> checkValues() {
        return RailsVectors.list("kcv");
    }

    static List<RailsVectors> wrappedKeys() {
        return RailsVectors.list("wrapped_key");
    }

    @ParameterizedTest
    @MethodSource("checkValues")
    void checkValue_vector_comesOut(RailsVectors vector) {
        assertThat(master(vector.text("cipher"), vector.bytes("key")).checkValue()).isEqualTo(vector.text("kcv"));
    }

    @ParameterizedTest
    @MethodSource("wrappedKeys")
    void decrypt_wrappedKeyVector_isTheKey(RailsVectors vector) {
        BlockKey tmk = new BlockKey(form(vector.text("cipher")), vector.bytes("tmk"));

        assertThat(hex(tmk.decrypt(vector.bytes("wrapped")))).isEqualTo(vector.text("key"));
    }

    @Test
    void encrypt_sm4BlockVector_comesOut() {
        RailsVectors vector = RailsVectors.named("sm4-block-1");
        BlockKey key = new BlockKey(BlockKey.Form.SM4, vector.bytes("key"));

        assertThat(hex(key.encrypt(vector.bytes("plaintext")))).isEqualTo(vector.text("ciphertext"));
        assertThat(hex(key.decrypt(vector.bytes("ciphertext")))).isEqualTo(vector.text("plaintext"));
    }

    @ParameterizedTest
    @EnumSource(SignOnForm.class)
    void open_whatTheHostIssued_isTheHostsKeys(SignOnForm form) {
        TerminalMasterKey master = master(form);
        TerminalMasterKey.Issue issue = master.issue(form, random());
        WorkingKeys opened = master.open(form, issue.parcel());

        assertThat(issue.parcel()).hasSize(switch (form) {
            case SINGLE -> 24;
            case DOUBLE -> 40;
            case DOUBLE_WITH_TRACK_KEY, SM4 -> 60;
        });
        MacMethod method = Arrays.stream(MacMethod.values()).filter(m -> m.form() == form.form()).findFirst().orElseThrow();
        assertThat(opened.mac().mac(method, TEXT)).isEqualTo(issue.keys().mac().mac(method, TEXT));
        String pan = "6212340000000000012";
        assertThat(opened.pin().encipher("123456".toCharArray(), pan)).isEqualTo(issue.keys().pin().encipher("123456".toCharArray(), pan));
    }

    @ParameterizedTest
    @EnumSource(SignOnForm.class)
    void open_anyByteChanged_isRefused(SignOnForm form) {
        TerminalMasterKey master = master(form);
        byte[] parcel = master.issue(form, random()).parcel();
        for (int at = 0; at < parcel.length; at++) {
            parcel[at] ^= 0x10;
            assertThatThrownBy(() -> master.open(form, parcel)).as("byte %d", at).isInstanceOf(KeysUnavailable.class);
            parcel[at] ^= 0x10;
        }
        assertThatThrownBy(() -> master.open(form, Arrays.copyOf(parcel, parcel.length - 1))).isInstanceOf(KeysUnavailable.class);
    }

    @Test
    void open_singleMacKeyInDoubleParcel_isOfSingleDes() {
        RailsVectors vector = RailsVectors.named("wrapped-key-3des-1");
        TerminalMasterKey master = TerminalMasterKey.ofTdes(List.of(vector.bytes("tmk"), ZEROS));
        byte[] parcel = master.issue(SignOnForm.DOUBLE, random()).parcel();
        byte[] entry = Arrays.copyOf(vector.bytes("wrapped"), 20);
        System.arraycopy(new BlockKey(BlockKey.Form.DES, vector.bytes("key")).checkValue(), 0, entry, 16, 4);
        System.arraycopy(entry, 0, parcel, 20, 20);
        RailsVectors mac = RailsVectors.named("cup-ecb-des-1");

        assertThat(hex(master.open(SignOnForm.DOUBLE, parcel).mac().mac(MacMethod.CUP_ECB_DES, mac.bytes("xor")))).isEqualTo(mac.text("field64"));
    }

    @Test
    void open_formOfAnotherCipher_isRefused() {
        TerminalMasterKey master = master(SignOnForm.SM4);

        assertThatThrownBy(() -> master.open(SignOnForm.DOUBLE, new byte[40])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ofTdes_oneComponent_isRefused() {
        assertThatThrownBy(() -> TerminalMasterKey.ofTdes(List.of(ZEROS))).hasMessage("a master key has two components or more");
    }

    @Test
    void findByCode_codesOfSignOns_areTheForms() {
        assertThat(SignOnForm.findByCode("004")).hasValue(SignOnForm.DOUBLE_WITH_TRACK_KEY);
        assertThat(SignOnForm.findByCode("002")).isEmpty();
    }

    private static TerminalMasterKey master(SignOnForm form) {
        return master(form == SignOnForm.SM4 ? "SM4" : "3DES-2KEY", bytesOf("70F2A84CCBC2AE8625CBB0F2C22AB923"));
    }

    private static TerminalMasterKey master(String cipher, byte[] key) {
        byte[] one = bytesOf("000102030405060708090A0B0C0D0E0F");
        byte[] other = key.clone();
        for (int i = 0; i < other.length; i++) {
            other[i] ^= one[i];
        }
        return cipher.equals("SM4") ? TerminalMasterKey.ofSm4(List.of(one, other)) : TerminalMasterKey.ofTdes(List.of(one, other));
    }

    private static BlockKey.Form form(String cipher) {
        return cipher.equals("SM4") ? BlockKey.Form.SM4 : BlockKey.Form.TDES;
    }

    private static RandomGenerator random() {
        return new SplittableRandom(42);
    }
}
