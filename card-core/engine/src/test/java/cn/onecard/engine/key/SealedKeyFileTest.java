package cn.onecard.engine.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.vocabulary.Algorithm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys at rest. */
class SealedKeyFileTest {
    private static final char[] PASS = "correct horse".toCharArray();

    @TempDir
    private Path folder;

    @Test
    void read_rightPass_returnsTheSameKeys() throws Exception {
        Path file = folder.resolve("keys.sealed");
        SealedKeyFile.write(file, KeyRing.demo(1), PASS);
        KeyRing read = SealedKeyFile.read(file, PASS);
        assertThat(read.isDemo()).isTrue();
        assertThat(read.sameKeysAs(KeyRing.demo(1))).isTrue();
        assertThat(read.sameKeysAs(KeyRing.demo(2))).isFalse();
        assertThat(read.listIds()).hasSize(16);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    }

    @Test
    void read_wrongPass_saysSo() throws Exception {
        Path file = folder.resolve("keys.sealed");
        SealedKeyFile.write(file, KeyRing.demo(1), PASS);
        assertThatThrownBy(() -> SealedKeyFile.read(file, "wrong".toCharArray())).isInstanceOf(KeysUnavailable.class)
                .hasMessageContaining("pass phrase is wrong or the file was changed");
    }

    @Test
    void read_anyChangedByte_isRefused() throws Exception {
        Path file = folder.resolve("keys.sealed");
        SealedKeyFile.write(file, KeyRing.demo(1), PASS);
        byte[] good = Files.readAllBytes(file);
        Path changed = folder.resolve("changed");
        // Every 31st byte: the derivation of the key is slow on purpose.
        for (int at = 0; at < good.length; at += 31) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            Files.write(changed, bad);
            assertThatThrownBy(() -> SealedKeyFile.read(changed, PASS)).as("byte %d", at).isInstanceOf(KeysUnavailable.class);
        }
    }

    @Test
    void read_demoMarkTakenAway_isRefused() throws Exception {
        Path file = folder.resolve("keys.sealed");
        SealedKeyFile.write(file, KeyRing.demo(1), PASS);
        byte[] good = Files.readAllBytes(file);
        String header = "ONECARD-KEYS 1 demo=true";
        byte[] bad = new byte[good.length + 1];
        byte[] unmarked = "ONECARD-KEYS 1 demo=false".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        System.arraycopy(unmarked, 0, bad, 0, unmarked.length);
        System.arraycopy(good, header.length(), bad, unmarked.length, good.length - header.length());
        Files.write(file, bad);
        assertThatThrownBy(() -> SealedKeyFile.read(file, PASS)).isInstanceOf(KeysUnavailable.class);
    }

    @Test
    void read_noFile_saysSo() {
        assertThatThrownBy(() -> SealedKeyFile.read(folder.resolve("none"), PASS)).isInstanceOf(KeysUnavailable.class)
                .hasMessageContaining("there is no key file");
    }

    @Test
    void text_ofARing_showsNoKey() {
        KeyRing ring = KeyRing.demo(1);
        KeyId id = new KeyId(KeyUsage.TAC, 1, Algorithm.SM4);
        assertThat(ring.toString()).doesNotContain(HexFormat.of().formatHex(ring.master(id)));
        assertThat(ring.checkValue(id)).hasSize(6);
    }
}
