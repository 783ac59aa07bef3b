package cn.onecard.engine.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.engine.testing.City;
import cn.onecard.purse.FactorFormat;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardNo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every keeper of master keys does: each gives the same keys to the same cards. */
abstract class KeyKeeperContract {
    private static final LocalDate RETIRED = LocalDate.of(2027, 6, 1);

    @TempDir
    protected Path folder;

    protected KeyKeeper keeper;     // written by open()

    /** Sets the folder up, so that it names the keeper. */
    abstract void setUp() throws IOException;

    @BeforeEach
    void open() throws IOException {
        setUp();
        keeper = KeyKeeper.of(folder);
    }

    @ParameterizedTest
    @CsvSource({"TDES, issuer > asn", "SM4, issuer > asn", "TDES, city+FF0000000000 > asn", "SM4, asn", "TDES, asn"})
    void findCardKey_demoKeys_areThoseOfTheRing(Algorithm algorithm, String format) throws Exception {
        KeyRing demo = KeyRing.demo(7);
        keeper.beginDemo(7);
        KeyRing opened = KeyKeeper.of(folder).ring();
        FactorFormat factors = FactorFormat.parse(format);
        for (KeyUsage usage : KeyUsage.values()) {
            for (int version = 1; version <= 2; version++) {
                KeyId id = new KeyId(usage, version, algorithm);
                assertThat(opened.findCardKey(id, factors, City.ORDINARY, City.ISSUER, City.CITY_CODE).orElseThrow())
                        .isEqualTo(demo.findCardKey(id, factors, City.ORDINARY, City.ISSUER, City.CITY_CODE).orElseThrow());
                assertThat(opened.checkValue(id)).isEqualTo(demo.checkValue(id));
            }
        }
        assertThat(opened.findCardKey(new KeyId(KeyUsage.TAC, 3, algorithm), factors, CardNo.ofDigits("1".repeat(20)), 1, 1)).isEmpty();
    }

    @Test
    void beginDemo_again_keepsTheKeysAndRefusesOthers() throws Exception {
        keeper.beginDemo(7);
        byte[] before = Files.readAllBytes(keeper.file());
        KeyKeeper.of(folder).beginDemo(7);
        assertThat(Files.readAllBytes(keeper.file())).isEqualTo(before);
        assertThatThrownBy(() -> KeyKeeper.of(folder).beginDemo(8)).isInstanceOf(KeysUnavailable.class).hasMessageContaining("other keys");
        assertThatThrownBy(() -> KeyKeeper.of(folder).begin()).isInstanceOf(KeysUnavailable.class).hasMessageContaining("there already");
    }

    @Test
    void ring_noKeysYet_saysSo() {
        assertThat(keeper.exists()).isFalse();
        assertThatThrownBy(() -> keeper.ring()).isInstanceOf(KeysUnavailable.class).hasMessageContaining("keys.sealed");
    }

    @Test
    void rotate_versionComplete_isGivenToCardsAndTheOldOneStaysGood() throws Exception {
        keeper.begin();
        assertThatThrownBy(() -> keeper.rotate(1)).isInstanceOf(KeysUnavailable.class).hasMessageContaining("PURCHASE");
        complete(1);
        assertThat(keeper.rotate(1).findCurrentVersion()).contains(1);
        String before = keeper.ring().checkValue(new KeyId(KeyUsage.TAC, 1, Algorithm.TDES));
        complete(2);
        assertThat(keeper.ring().findCurrentVersion()).as("not before rotate says so").contains(1);
        KeyRing rotated = keeper.rotate(2);
        assertThat(rotated.findCurrentVersion()).contains(2);
        assertThat(rotated.checkValue(new KeyId(KeyUsage.TAC, 1, Algorithm.TDES))).isEqualTo(before);
        assertThat(rotated.checkValue(new KeyId(KeyUsage.TAC, 2, Algorithm.TDES))).isNotEqualTo(before);
        assertThatThrownBy(() -> keeper.generate(List.of(new KeyId(KeyUsage.TAC, 1, Algorithm.SM4)))).isInstanceOf(KeysUnavailable.class)
                .hasMessageContaining("already");
    }

    @Test
    void retire_version_isRememberedButNeverTheCurrentOne() throws Exception {
        keeper.beginDemo(7);
        assertThatThrownBy(() -> keeper.retire(1, RETIRED)).isInstanceOf(KeysUnavailable.class).hasMessageContaining("rotate first");
        assertThatThrownBy(() -> keeper.retire(9, RETIRED)).isInstanceOf(KeysUnavailable.class).hasMessageContaining("no keys of version 9");
        keeper.rotate(2);
        keeper.retire(1, RETIRED);
        KeyRing read = KeyKeeper.of(folder).ring();
        for (Algorithm algorithm : Algorithm.values()) {
            assertThat(read.findRetiredFrom(KeyUsage.TAC, 1, algorithm)).contains(RETIRED);
            assertThat(read.findRetiredFrom(KeyUsage.TAC, 2, algorithm)).isEmpty();
            assertThat(read.findRetiredFrom(KeyUsage.STORAGE, 1, algorithm)).as("what is kept enciphered must still be read").isEmpty();
        }
        assertThatThrownBy(() -> keeper.rotate(1)).isInstanceOf(KeysUnavailable.class).hasMessageContaining("no key in force");
        assertThat(keeper.retire(1, RETIRED.plusDays(1)).findRetiredFrom(KeyUsage.LOAD, 1, Algorithm.TDES)).contains(RETIRED.plusDays(1));
    }

    @Test
    void refresh_anotherKeeperChangedTheKeys_takesThemOver() throws Exception {
        keeper.beginDemo(7);
        KeyKeeper other = KeyKeeper.of(folder);
        KeyRing before = other.ring();
        other.refresh();
        assertThat(other.ring()).isSameAs(before);
        keeper.rotate(2);
        other.refresh();
        assertThat(other.ring().findCurrentVersion()).contains(2);
        other.retire(1, RETIRED);
        keeper.refresh();
        assertThat(keeper.ring().findRetiredFrom(KeyUsage.TAC, 1, Algorithm.SM4)).contains(RETIRED);
    }

    @Test
    void requireFit_demoOrIncompleteOrOpenToAll_isRefused() throws Exception {
        keeper.begin();
        assertThatThrownBy(() -> keeper.requireFit()).isInstanceOf(KeysUnavailable.class).hasMessageContaining("no version");
        complete(1);
        keeper.rotate(1);
        keeper.requireFit();
        Files.setPosixFilePermissions(keeper.secretFile(), PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> keeper.requireFit()).isInstanceOf(KeysUnavailable.class).hasMessageContaining("rw-r-----");
    }

    @Test
    void requireFit_demoKeys_areRefusedEvenWhenRotated() throws Exception {
        keeper.beginDemo(7);
        complete(3);
        keeper.rotate(3);
        assertThatThrownBy(() -> keeper.requireFit()).isInstanceOf(KeysUnavailable.class).hasMessageContaining("demo keys");
    }

    /** Makes what a version lacks: at random, or by a ceremony where it must be. */
    private void complete(int version) throws IOException {
        List<KeyId> missing = keeper.listMissing(version);
        assertThat(missing).hasSize(6);
        List<KeyId> atRandom = missing.stream().filter(id -> id.usage() != KeyUsage.PURCHASE || !keeper.keepsForGood(id)).toList();
        keeper.generate(atRandom);
        for (KeyId id : missing) {
            if (!atRandom.contains(id)) {
                assertThatThrownBy(() -> keeper.generate(List.of(id))).isInstanceOf(KeysUnavailable.class).hasMessageContaining("ceremony");
                KeyCeremony ceremony = new KeyCeremony(keeper);
                for (String holder : List.of("li", "wang")) {
                    ceremony.bring(new KeyCeremony.Plan(id, 2), holder, KeyCeremony.generate(id.algorithm()));
                }
            }
        }
        assertThat(keeper.listMissing(version)).isEmpty();
        assertThat(Arrays.stream(Algorithm.values()).map(algorithm -> keeper.ring().checkValue(new KeyId(KeyUsage.LOAD, version, algorithm)))).doesNotHaveDuplicates();
    }
}
