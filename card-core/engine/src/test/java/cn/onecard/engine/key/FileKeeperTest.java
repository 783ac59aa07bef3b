package cn.onecard.engine.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;

/** Keys in the sealed file. */
class FileKeeperTest extends KeyKeeperContract {
    @Override
    void setUp() {
        // A folder that says nothing has its keys in the sealed file.
    }

    @Test
    void ring_passPhraseMissing_saysSo() throws Exception {
        keeper.begin();
        Files.delete(keeper.secretFile());
        assertThatThrownBy(() -> KeyKeeper.of(folder).ring()).isInstanceOf(KeysUnavailable.class).hasMessageContaining("no pass phrase");
    }

    @Test
    void rotate_fileOfVersion1_isWrittenAsVersion2() throws Exception {
        Files.copy(SealedKeyFileTest.released("version-1.sealed"), keeper.file(), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(keeper.secretFile(), "correct horse\n");
        keeper.rotate(2);
        KeyRing read = KeyKeeper.of(folder).ring();
        assertThat(read.containsKeysOf(KeyRing.demo(1))).isTrue();
        assertThat(read.findCurrentVersion()).contains(2);
        assertThat(new String(Files.readAllBytes(keeper.file()), 0, 24, StandardCharsets.US_ASCII)).isEqualTo("ONECARD-KEYS 2 demo=true");
    }

    @Test
    void of_settingsNotUnderstood_namesTheFile() throws Exception {
        Files.writeString(folder.resolve("keys.json"), "{\"keeper\": \"drawer\"}");
        assertThatThrownBy(() -> KeyKeeper.of(folder)).isInstanceOf(KeysUnavailable.class).hasMessageContaining("keys.json is not understood");
        Files.writeString(folder.resolve("keys.json"), "{\"keeper\": \"token\"}");
        assertThatThrownBy(() -> KeyKeeper.of(folder)).isInstanceOf(KeysUnavailable.class).hasMessageContaining("names no library");
        Files.writeString(folder.resolve("keys.json"), "{\"keeper\": \"token\", \"library\": \"/none.so\", \"label\": \"a\", \"pin\": \"p\"}");
        Files.writeString(folder.resolve("p"), "1234");
        assertThatThrownBy(() -> KeyKeeper.of(folder).begin()).isInstanceOf(KeysUnavailable.class).hasMessageContaining("no PKCS#11 library /none.so");
    }
}
