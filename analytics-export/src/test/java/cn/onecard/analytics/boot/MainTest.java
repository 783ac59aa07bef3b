package cn.onecard.analytics.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line's exit codes. */
class MainTest {
    @TempDir
    private Path data = Path.of("");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # arguments                    | exit code
          list                         | 0
          token --name wang            | 0
          token --name ../wang         | 1
          token                        | 2
          publish                      | 2
          publish --date yesterday     | 2
          publish --date 2026-11-23    | 1
          burn                         | 2
        """)
    void run_command_endsWithItsCode(String arguments, int code) {
        String[] words = (arguments + (arguments.equals("burn") ? "" : " --data " + data)).split(" ", -1);
        assertThat(Main.run(words)).isEqualTo(code);
    }

    @Test
    void token_made_isStoredAsDigestOnly() throws Exception {
        assertThat(Main.run("token", "--name", "wang", "--data", data.toString())).isZero();
        assertThat(Files.readString(data.resolve("secrets").resolve("analysts.json"))).containsPattern("\"wang\" : \"[0-9a-f]{64}\"");
    }
}
