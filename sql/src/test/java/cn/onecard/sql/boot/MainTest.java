package cn.onecard.sql.boot;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.MySqlServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The {@code db} commands, as a person types them. */
class MainTest {
    @TempDir private Path dataDir;

    @Test
    void commands_onAFreshDirectory_doTheirWork() throws SQLException, IOException {
        List<Integer> versions = listVersions();
        int latest = versions.getLast();
        assertAnswer(run("status"), 1, "./onecard db start");
        try {
            assertAnswer(run("start", "--buffer-pool", "64"), 0, "database started on 127.0.0.1:", versions.size() + " migrations run now");
            assertAnswer(run("start"), 0, "was running already", "0 migrations run now");
            assertAnswer(run("migrate"), 0, "schemas at version " + latest);
            assertAnswer(run("partitions", "--from", "2026-11-24", "--days", "7"), 0, "7 partitions made: 2026-11-24 to 2026-11-30");
            openDay();
            assertAnswer(run("status"), 0, "jdbc:mysql://127.0.0.1:", "MariaDB 11.4", "version " + latest, "days up to 2026-11-30", "open day    2026-11-24");
            assertAnswer(run("reset"), 1, "--yes");
            assertAnswer(run("status"), 0, "open day    2026-11-24");
            assertAnswer(run("reset", "--yes"), 0, "made anew");
            assertAnswer(run("status"), 0, "open day    none");
        } finally {
            assertAnswer(run("stop"), 0, "database stopped");
        }
        assertAnswer(run("stop"), 0, "was not running");
        assertAnswer(run("status"), 1, "is not running");
    }

    /** Versions of the migrations there are, ascending. */
    private static List<Integer> listVersions() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
            return files.map(file -> file.toString().replaceAll(".*V(\\d+)__.*", "$1")).map(Integer::valueOf).sorted().toList();
        }
    }

    @Test
    void commands_notUnderstood_exitWithTwo() {
        assertAnswer(run("start", "--buffer-pool", "much"), 2, "--buffer-pool");
        assertAnswer(run("partitions", "--from", "yesterday"), 2, "--from");
        assertAnswer(run("partitions", "--from", "2026-11-24", "--days", "0"), 2, "--days");
        assertAnswer(run("begin"), 2, "begin");
        assertAnswer(run(), 2, "COMMAND");
    }

    @Test
    void start_externalServerNamed_refuses() throws IOException, InterruptedException {
        for (String command : new String[] {"start", "stop"}) {
            assertAnswer(runWith("jdbc:mysql://127.0.0.1:1/?user=administrator", command), 1, "ONECARD_DB_URL is set");
        }
        assertAnswer(runWith("jdbc:mysql://127.0.0.1:1/?user=administrator", "migrate"), 1, "cannot make the accounts");
    }

    @Test
    void migrate_externalServerNamed_makesSchemasAndAccountsThere() throws IOException, InterruptedException, SQLException {
        String url = MySqlServer.startIfAvailable().orElseGet(() -> Assumptions.abort(
                "MySQL 8 is not at hand: mvn -Pmysql, or CI=true, fetches it")).administratorUrl();
        // The accounts get the passwords of this data directory, and are given back to the others afterwards.
        try {
            assertAnswer(runWith(url, "migrate"), 0, "schemas at version " + listVersions().getLast());
            assertAnswer(runWith(url, "status"), 0, "MySQL 8.0");
        } finally {
            MySqlServer.startIfAvailable().orElseThrow().restoreAccounts();
        }
    }

    private void openDay() throws SQLException {
        try (Connection connection = Database.open(dataDir, Account.ENGINE).connect(); Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO ledger.business_calendar VALUES (1, '2026-11-24')");
        }
    }

    /** In this JVM. */
    private Answer run(String... arguments) {
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text);
        CommandLine commands = Main.commandLine().setOut(writer).setErr(writer);
        int status = commands.execute(arguments.length == 0 ? arguments : withData(arguments));
        return new Answer(status, text.toString());
    }

    /** In a JVM of its own, because the environment is set. */
    private Answer runWith(String url, String... arguments) throws IOException, InterruptedException {
        Path said = Files.createTempFile(dataDir, "said", ".txt");
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), Main.class.getName());
        builder.command().addAll(List.of(withData(arguments)));
        builder.environment().put(Database.URL_VARIABLE, url);
        int status = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start().waitFor();
        return new Answer(status, Files.readString(said, StandardCharsets.UTF_8));
    }

    private String[] withData(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--data";
        all[arguments.length + 1] = dataDir.toString();
        return all;
    }

    private static void assertAnswer(Answer answer, int status, String... parts) {
        assertThat(answer.text()).contains(parts).doesNotContain("\tat ");
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    }

    private record Answer(int status, String text) {}
}
