package cn.onecard.engine.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.vocabulary.Algorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of components. The check values come from another implementation (openssl enc -des-ede, -sm4-ecb). */
class KeyCeremonyTest {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final byte[] WHOLE = HEX.parseHex("0123456789ABCDEFFEDCBA9876543210");
    private static final byte[] FIRST = HEX.parseHex("89BA20D04F1580CB23CD4F29A1E67689");
    private static final KeyId PURCHASE = new KeyId(KeyUsage.PURCHASE, 2, Algorithm.TDES);
    private static final KeyCeremony.Plan OF_TWO = new KeyCeremony.Plan(PURCHASE, 2);

    @TempDir
    private Path folder;

    private KeyKeeper keeper;       // written by begin()
    private KeyCeremony ceremony;   // written by begin()

    @BeforeEach
    void begin() throws IOException {
        keeper = KeyKeeper.of(folder);
        keeper.begin();
        ceremony = new KeyCeremony(keeper);
    }

    @ParameterizedTest
    @CsvSource({"TDES, 08D7B4", "SM4, 2677F4"})
    void bring_threeComponents_makeTheKeyOfTheirXor(Algorithm algorithm, String checkValue) throws Exception {
        KeyId id = new KeyId(KeyUsage.TAC, 1, algorithm);
        KeyCeremony.Plan plan = new KeyCeremony.Plan(id, 3);
        byte[] second = KeyCeremony.generate(algorithm);
        assertThat(ceremony.bring(plan, "li.wei", FIRST)).isEqualTo(new KeyCeremony.Brought(1, KeyCeremony.checkValue(algorithm, FIRST), Optional.empty()));
        assertThat(ceremony.bring(plan, "wang", second).keyCheckValue()).isEmpty();
        assertThat(keeper.ring().has(id)).isFalse();
        assertThat(new KeyCeremony(KeyKeeper.of(folder)).bring(plan, "zhao", xor(xor(FIRST, second), WHOLE)).keyCheckValue()).contains(checkValue);
        keeper.refresh();
        assertThat(keeper.ring().master(id)).isEqualTo(WHOLE);
    }

    @Test
    void bring_evenNumberOfTripleDesComponents_makeAKeyOfOddParity() throws Exception {
        byte[] second = xor(FIRST, WHOLE);
        assertThatThrownBy(() -> ceremony.bring(OF_TWO, "li", second)).isInstanceOf(KeysUnavailable.class).hasMessageContaining("odd parity");
        for (int i = 0; i < second.length; i++) {
            second[i] ^= 1;
        }
        ceremony.bring(OF_TWO, "li", FIRST);
        assertThat(ceremony.bring(OF_TWO, "wang", second).keyCheckValue()).contains("08D7B4");
        assertThat(keeper.ring().master(PURCHASE)).isEqualTo(WHOLE);
    }

    @Test
    void bring_sameHolderTwice_isRefused() throws Exception {
        ceremony.bring(OF_TWO, "li", FIRST);
        assertThatThrownBy(() -> ceremony.bring(OF_TWO, "li", WHOLE)).isInstanceOf(KeysUnavailable.class).hasMessageContaining("another person");
        assertThat(keeper.ring().has(PURCHASE)).isFalse();
        assertThat(ceremony.bring(OF_TWO, "wang", WHOLE).number()).isEqualTo(2);
    }

    @Test
    void bring_otherNumberOfComponentsThanBegun_isRefused() throws Exception {
        ceremony.bring(OF_TWO, "li", FIRST);
        assertThatThrownBy(() -> ceremony.bring(new KeyCeremony.Plan(PURCHASE, 3), "wang", WHOLE)).isInstanceOf(KeysUnavailable.class).hasMessageContaining("begun with 2");
        assertThatThrownBy(() -> new KeyCeremony.Plan(PURCHASE, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bring_keyExists_isRefused() throws Exception {
        ceremony.bring(OF_TWO, "li", FIRST);
        ceremony.bring(OF_TWO, "wang", WHOLE);
        assertThatThrownBy(() -> ceremony.bring(OF_TWO, "zhao", FIRST)).isInstanceOf(KeysUnavailable.class).hasMessageContaining("already");
    }

    @Test
    void bring_halvesOfTheKeyAlike_isRefusedAsWeak() throws Exception {
        byte[] second = FIRST.clone();
        System.arraycopy(FIRST, 8, second, 0, 8);
        System.arraycopy(FIRST, 0, second, 8, 8);
        ceremony.bring(OF_TWO, "li", FIRST);
        assertThatThrownBy(() -> ceremony.bring(OF_TWO, "wang", second)).isInstanceOf(KeysUnavailable.class).hasMessageContaining("weak");
        assertThatThrownBy(() -> ceremony.bring(OF_TWO, "wang", FIRST)).isInstanceOf(KeysUnavailable.class).hasMessageContaining("weak");
        assertThat(ceremony.abandon(PURCHASE)).isEqualTo(1);
        assertThat(ceremony.abandon(PURCHASE)).isZero();
        assertThat(ceremony.bring(OF_TWO, "li", WHOLE).number()).isEqualTo(1);
    }

    @Test
    void bring_twoKeysAtOnce_areKeptApart() throws Exception {
        KeyCeremony.Plan load = new KeyCeremony.Plan(new KeyId(KeyUsage.LOAD, 2, Algorithm.TDES), 2);
        ceremony.bring(OF_TWO, "li", FIRST);
        assertThat(ceremony.bring(load, "li", WHOLE).number()).isEqualTo(1);
        assertThat(ceremony.bring(OF_TWO, "wang", WHOLE).keyCheckValue()).isPresent();
        assertThat(ceremony.bring(load, "wang", FIRST).keyCheckValue()).isPresent();
        assertThat(ceremony.abandon(PURCHASE)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "li,wei", "li wei", "a-name-that-is-much-longer-than-anybody-has-ever-had"})
    void bring_holderWithoutAName_isRefused(String holder) {
        assertThatThrownBy(() -> ceremony.bring(OF_TWO, holder, FIRST)).isInstanceOf(KeysUnavailable.class).hasMessageContaining("name of a holder");
    }

    @Test
    void bring_component_liesSealedForItsOwnerAlone() throws Exception {
        ceremony.bring(OF_TWO, "li", FIRST);
        Path file = folder.resolve("ceremony.sealed");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContainIgnoringCase(HEX.formatHex(FIRST)).doesNotContain("li,");
        Files.writeString(file, Files.readString(file, StandardCharsets.ISO_8859_1).replaceFirst("CEREMONY 1", "KEYS 1"), StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> ceremony.bring(OF_TWO, "wang", WHOLE)).isInstanceOf(KeysUnavailable.class);
    }

    @ParameterizedTest
    @EnumSource
    void generate_component_isNewEachTimeAndOfOddParityForTripleDes(Algorithm algorithm) throws Exception {
        assertThat(KeyCeremony.generate(algorithm)).hasSize(16).isNotEqualTo(KeyCeremony.generate(algorithm));
        ceremony.bring(new KeyCeremony.Plan(new KeyId(KeyUsage.TAC, 1, algorithm), 2), "li", KeyCeremony.generate(algorithm));
    }

    private static byte[] xor(byte[] one, byte[] other) {
        byte[] result = new byte[one.length];
        for (int i = 0; i < one.length; i++) {
            result[i] = (byte) (one[i] ^ other[i]);
        }
        return result;
    }
}
