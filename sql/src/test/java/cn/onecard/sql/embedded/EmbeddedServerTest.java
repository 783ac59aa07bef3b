package cn.onecard.sql.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.DatabaseUnavailable;
import cn.onecard.sql.Passwords;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded server's promises. Its data lie under the temporary folder here, and must survive there too. */
class EmbeddedServerTest {
    static final Path PROGRAMS = Path.of("target", "mariadb");
    static final ServerSettings SMALL = new ServerSettings(64, true);

    @TempDir private Path dataDir;
    private EmbeddedServer server;

    @BeforeEach
    void setUp() {
        server = new EmbeddedServer(dataDir, PROGRAMS);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void start_listening_isOnLoopbackOnly() throws IOException {
        server.start(SMALL);
        String port = String.format(Locale.ROOT, ":%04X", server.port());
        List<String> listening;
        try (Stream<String> four = Files.lines(Path.of("/proc/net/tcp")); Stream<String> six = Files.lines(Path.of("/proc/net/tcp6"))) {
            listening = Stream.concat(four, six).map(line -> line.strip().split("\\s+"))
                    .filter(fields -> fields[3].equals("0A") && fields[1].endsWith(port)).map(fields -> fields[1]).toList();
        }
        assertThat(listening).containsExactly("0100007F" + port);     // 127.0.0.1, low byte first
    }

    @Test
    void connect_withoutThePassword_isRefused() {
        server.start(SMALL);
        Passwords passwords = Passwords.load(dataDir);
        List<String> users = List.of("root", "", "mysql", "mariadb.sys", "onecard_owner", "onecard_engine", "onecard_settlement", "onecard_analytics");
        for (String user : users) {
            for (String password : List.of("", "root", "wrong", passwords.of(Account.ENGINE) + "x")) {
                assertThatThrownBy(() -> DriverManager.getConnection(Database.loopbackUrl(server.port()), user, password).close())
                        .as("user '%s', password '%s'", user, password)
                        .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1045));
            }
        }
    }

    @Test
    void start_freshDirectory_hidesItsFilesAndLeavesNoPasswordBehind() throws IOException {
        server.start(SMALL);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dataDir.resolve("db")))).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(dataDir.resolve("db"))) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.endsWith(".sql"));
        }
        assertThat(Files.readString(server.log())).doesNotContain(Passwords.load(dataDir).of(Account.OWNER));
    }

    @Test
    void start_settings_areThoseThatTheSchemasRelyOn() throws SQLException {
        server.start(SMALL);
        try (Connection connection = owner().connect(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT @@global.innodb_flush_log_at_trx_commit, @@global.character_set_server, @@global.time_zone,
                               @@global.sql_mode LIKE '%ONLY_FULL_GROUP_BY%NO_ZERO_DATE%', @@transaction_isolation, @@global.bind_address""")) {
            row.next();
            assertThat(List.of(row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5), row.getString(6)))
                    .containsExactly("1", "utf8mb4", "+00:00", "1", "READ-COMMITTED", "127.0.0.1");
        }
    }

    @Test
    void start_afterStop_findsTheRowsAndThePort() throws SQLException {
        server.start(SMALL);
        write(7);
        int port = server.port();
        assertThat(server.stop()).isTrue();
        assertThat(server.findProcess()).isEmpty();
        assertThat(server.start(SMALL)).isTrue();
        assertThat(server.port()).isEqualTo(port);
        assertThat(read()).isEqualTo(7);
    }

    @Test
    void start_afterKill_recoversWhatWasCommitted() throws SQLException {
        server.start(SMALL);
        write(8);
        kill(server.findProcess().orElseThrow());
        assertThat(server.start(SMALL)).isTrue();
        assertThat(read()).isEqualTo(8);
    }

    @Test
    void pool_serverKilledAndStartedAgain_findsIt() throws SQLException {
        server.start(SMALL);
        write(9);
        try (HikariDataSource pool = owner().pool("test", 2)) {
            DSLContext dsl = Database.dsl(pool);
            assertThat(dsl.fetchValue("SELECT a FROM ledger.t")).isEqualTo(9);
            kill(server.findProcess().orElseThrow());
            assertThatThrownBy(() -> dsl.fetchValue("SELECT a FROM ledger.t")).isInstanceOf(DataAccessException.class);
            server.start(SMALL);
            assertThat(dsl.fetchValue("SELECT a FROM ledger.t")).isEqualTo(9);
        }
    }

    @Test
    void start_itsStarterWasKilled_isUsedAsItRuns() throws IOException, SQLException {
        Process starter = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), "-Djava.io.tmpdir=" + dataDir.getParent(),
                StartAndStay.class.getName(), dataDir.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader said = starter.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("started");
        }
        ProcessHandle process = server.findProcess().orElseThrow();
        kill(starter.toHandle());
        assertThat(server.start(SMALL)).isFalse();
        assertThat(server.findProcess()).contains(process);
        write(10);
        assertThat(read()).isEqualTo(10);
    }

    @Test
    void start_twoAtOnce_oneServerRuns() throws Exception {
        Callable<Boolean> start = () -> new EmbeddedServer(dataDir, PROGRAMS).start(SMALL);
        Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), StartAndStay.class.getName(), dataDir.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (ExecutorService threads = Executors.newSingleThreadExecutor(); BufferedReader said = other.inputReader(StandardCharsets.UTF_8)) {
            Future<Boolean> here = threads.submit(start);
            assertThat(List.of(here.get(), said.readLine().equals("started"))).containsExactlyInAnyOrder(true, false);
        } finally {
            kill(other.toHandle());
        }
        assertThat(owner().url()).contains(":" + server.port());
    }

    @Test
    void start_dataOfAnotherRelease_isRefused() throws IOException {
        Files.createDirectories(dataDir.resolve("db"));
        Files.writeString(dataDir.resolve("db/release"), "10.11.6");
        assertThatThrownBy(() -> server.start(SMALL)).isInstanceOf(DatabaseUnavailable.class).hasMessageContaining("10.11.6");
    }

    @Test
    void start_dataFolderIsSpoiled_saysWhatTheServerSaid() throws IOException {
        Files.createDirectories(dataDir.resolve("db/data"));
        assertThatThrownBy(() -> server.start(SMALL)).isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("ended while it was starting").hasMessageContaining("mysql");
    }

    @Test
    void open_serverNotStarted_saysHowTo() {
        Passwords.loadOrCreate(dataDir);
        assertThatThrownBy(() -> Database.open(dataDir, Account.ENGINE)).isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("./onecard db start");
    }

    @Test
    void open_serverKilled_saysThatItDoesNotAnswer() {
        server.start(SMALL);
        assertThat(Database.open(dataDir, Account.ENGINE).user()).isEqualTo("onecard_engine");
        kill(server.findProcess().orElseThrow());
        assertThatThrownBy(() -> Database.open(dataDir, Account.ENGINE)).isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("does not answer");
    }

    private Database owner() {
        return Database.open(dataDir, Account.OWNER);
    }

    private void write(int value) throws SQLException {
        try (Connection connection = owner().connect(); Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE ledger.t (a INT PRIMARY KEY)");
            statement.execute("INSERT INTO ledger.t VALUES (" + value + ")");
        }
    }

    private int read() throws SQLException {
        try (Connection connection = owner().connect(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT a FROM ledger.t")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** kill -9, and the end of the process. */
    private static void kill(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** A program of its own that starts the server and then waits to be killed. Its last word is whether it had to start it. */
    static final class StartAndStay {
        private StartAndStay() {}

        public static void main(String[] arguments) throws IOException {
            boolean started = new EmbeddedServer(Path.of(arguments[0]), PROGRAMS).start(SMALL);
            System.out.println(started ? "started" : "found");
            System.out.flush();
            System.in.read();
        }
    }
}
