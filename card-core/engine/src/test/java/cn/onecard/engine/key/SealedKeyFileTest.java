package cn.onecard.engine.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.vocabulary.Algorithm;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys at rest. */
class SealedKeyFileTest {
    private static final char[] PASS = "correct horse".toCharArray();
    private static final LocalDate RETIRED = LocalDate.of(2027, 6, 1);
    private static final KeyId OLD_TAC = new KeyId(KeyUsage.TAC, 1, Algorithm.TDES);
    private static final KeyRing RING = KeyRing.demo(1).withCurrent(2).withRetired(List.of(OLD_TAC), RETIRED);

    @TempDir
    private static Path folder;

    private static Path good;

    @BeforeAll
    static void seal() throws IOException {
        good = folder.resolve("keys.sealed");
        SealedKeyFile.write(good, RING, PassSeal.fresh(PASS));
    }

    /** A file as a released version wrote it, sealed by {@link #PASS}. It is never written again. */
    static Path released(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(SealedKeyFileTest.class.getResource("/keys/" + name), name).toURI());
    }

    private static KeyRing read(Path file, char[] pass) {
        return SealedKeyFile.read(file, name -> PassSeal.of(name, pass), (demo, id, checkValue) -> {
            throw new KeysUnavailable("there is no token");
        }).ring();
    }

    @Test
    void read_rightPass_returnsTheSameRing() throws Exception {
        KeyRing read = read(good, PASS);
        assertThat(read.isDemo()).isTrue();
        assertThat(read.listIds()).hasSize(16).isEqualTo(RING.listIds()).allSatisfy(id -> assertThat(read.master(id)).isEqualTo(RING.master(id)));
        assertThat(read.findCurrentVersion()).contains(2);
        assertThat(read.findRetiredFrom(OLD_TAC)).contains(RETIRED);
        assertThat(read.findRetiredFrom(new KeyId(KeyUsage.TAC, 2, Algorithm.TDES))).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(good))).isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"version-1.sealed", "version-2.sealed"})
    void read_fileOfAReleasedVersion_returnsItsKeys(String name) throws Exception {
        KeyRing read = read(released(name), PASS);
        assertThat(read.containsKeysOf(KeyRing.demo(1))).isTrue();
        assertThat(read.containsKeysOf(KeyRing.demo(2))).isFalse();
        assertThat(read.isDemo()).isTrue();
        assertThat(read.findCurrentVersion()).contains(1);
    }

    @Test
    void read_wrongPass_saysSo() {
        assertThatThrownBy(() -> read(good, "wrong".toCharArray())).isInstanceOf(KeysUnavailable.class)
                .hasMessageContaining("pass phrase is wrong or the file was changed");
    }

    @Test
    void read_anyChangedByte_isRefused() throws Exception {
        byte[] bytes = Files.readAllBytes(good);
        Path changed = folder.resolve("changed");
        // Every 31st byte: the derivation of the key is slow on purpose.
        for (int at = 0; at < bytes.length; at += 31) {
            byte[] bad = bytes.clone();
            bad[at] ^= 1;
            Files.write(changed, bad);
            assertThatThrownBy(() -> read(changed, PASS)).as("byte %d", at).isInstanceOf(KeysUnavailable.class);
        }
    }

    @Test
    void read_demoMarkTakenAway_isRefused() throws Exception {
        Path unmarked = folder.resolve("unmarked");
        String text = new String(Files.readAllBytes(good), StandardCharsets.ISO_8859_1);
        assertThat(text).startsWith("ONECARD-KEYS 2 demo=true ");
        Files.writeString(unmarked, text.replaceFirst("demo=true", "demo=false"), StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> read(unmarked, PASS)).isInstanceOf(KeysUnavailable.class);
    }

    @Test
    void read_noFile_saysSo() {
        assertThatThrownBy(() -> read(folder.resolve("none"), PASS)).isInstanceOf(KeysUnavailable.class).hasMessageContaining("there is no key file");
    }

    @Test
    void text_ofARing_showsNoKey() {
        KeyId id = new KeyId(KeyUsage.TAC, 1, Algorithm.SM4);
        assertThat(RING + " " + RING.key(id)).doesNotContainIgnoringCase(HexFormat.of().formatHex(RING.master(id)));
        assertThat(RING.checkValue(id)).hasSize(6);
    }
}
