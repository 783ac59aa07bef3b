package cn.onecard.terminal.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command does what it can without a core, and says so where it cannot. */
final class HotlistCommandTest {
    @TempDir
    private Path folder;

    @Test
    void tryOut_someCards_measures() {
        assertThat(Main.run("hotlist", "--try", "1000")).isZero();
    }

    @Test
    void fetch_noCore_failsAndKeepsNothing() {
        assertThat(Main.run("hotlist", "--plaintext", "--data", folder.toString())).isEqualTo(1);
        assertThat(folder.resolve("hotlist")).doesNotExist();
    }

    @Test
    void fetch_damagedList_saysHowToFetchItAnew() throws Exception {
        Files.createDirectories(folder.resolve("hotlist"));
        Files.writeString(folder.resolve("hotlist/hotlist.bin"), "this is no hotlist, but long enough");
        assertThat(Main.run("hotlist", "--plaintext", "--data", folder.toString())).isEqualTo(1);
    }

    @Test
    void tap_fullFare_isUnderstood() {
        assertThat(Main.run("tap", "--full-fare", "300", "--help")).isZero();
    }
}
