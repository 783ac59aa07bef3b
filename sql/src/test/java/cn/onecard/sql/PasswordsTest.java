package cn.onecard.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The passwords of the accounts. */
class PasswordsTest {
    @TempDir private Path dataDir;

    @Test
    void loadOrCreate_noneYet_makesDifferentOnesThatOnlyTheOwnerReads() throws IOException {
        Passwords passwords = Passwords.loadOrCreate(dataDir);
        assertThat(Arrays.stream(Account.values()).map(passwords::of)).doesNotHaveDuplicates().allMatch(text -> text.length() == 32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dataDir.resolve("secrets/db.properties")))).isEqualTo("rw-------");
        assertThat(dataDir.resolve("secrets")).isDirectoryNotContaining("glob:**/db?*.properties");
    }

    @Test
    void loadOrCreate_calledAgain_keepsThem() {
        assertThat(Passwords.loadOrCreate(dataDir).of(Account.ENGINE)).isEqualTo(Passwords.loadOrCreate(dataDir).of(Account.ENGINE))
                .isEqualTo(Passwords.load(dataDir).of(Account.ENGINE));
    }

    @Test
    void load_noneYet_saysWhatToRun() {
        assertThatThrownBy(() -> Passwords.load(dataDir)).isInstanceOf(DatabaseUnavailable.class).hasMessageContaining("./onecard db start");
    }

    @Test
    void load_unusablePassword_isRefused() throws IOException {
        Files.createDirectories(dataDir.resolve("secrets"));
        Files.writeString(dataDir.resolve("secrets/db.properties"), "onecard_owner=x' OR '1\n");
        assertThatThrownBy(() -> Passwords.load(dataDir)).isInstanceOf(DatabaseUnavailable.class).hasMessageContaining("onecard_owner");
    }
}
