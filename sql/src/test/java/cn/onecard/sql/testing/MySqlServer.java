package cn.onecard.sql.testing;

import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.Migrations;
import cn.onecard.sql.Passwords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A real MySQL 8 for tests, because SQL that MariaDB takes is not proven on MySQL. One server a JVM, under {@code target},
 *  migrated, with every account, ended with the JVM. Its program files are not part of the usual build: the profile
 *  {@code mysql} unpacks them, and the system property {@code onecard.mysql.dist} says where. Where they are missing, tests
 *  are skipped; but in CI that is an error.
 *
 *  <p>The server is set up as an operator would set up a server of the city's own: it has an administrator, and schemas and
 *  accounts are made through that. */
public final class MySqlServer {
    private static final String ADMINISTRATOR = "administrator";
    private static final long START_LIMIT_SECONDS = 120;

    private final String url;
    private final String administratorUrl;
    private final Passwords passwords;

    private MySqlServer(String url, String administratorUrl, Passwords passwords) {
        this.url = url;
        this.administratorUrl = administratorUrl;
        this.passwords = passwords;
    }

    /** The server, started when it is first asked for; empty where its program files are missing. */
    public static Optional<MySqlServer> startIfAvailable() {
        return Server.INSTANCE;
    }

    /** The database, as an account sees it. */
    public Database database(Account account) {
        return Database.at(url, account, passwords.of(account));
    }

    /** What ONECARD_DB_URL would hold. */
    public String administratorUrl() {
        return administratorUrl;
    }

    /** Gives the accounts their passwords back, after a test that changed them. */
    public void restoreAccounts() {
        Migrations.createAccounts(administratorUrl, null, null, passwords);
    }

    /** Empties every table but the chart of accounts. */
    public void wipe() {
        TestDatabase.wipe(database(Account.OWNER));
    }

    /** Started when it is first asked for. */
    private static final class Server {
        static final Optional<MySqlServer> INSTANCE = findDistribution().map(Server::start);

        private static Optional<Path> findDistribution() {
            String folder = System.getProperty("onecard.mysql.dist", "");
            if (!folder.isEmpty() && Files.exists(Path.of(folder, "bin", "mysqld"))) {
                return Optional.of(Path.of(folder).toAbsolutePath());
            }
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException("CI runs on a real MySQL as well, but onecard.mysql.dist=" + folder + " holds none");
            }
            return Optional.empty();
        }

        private static MySqlServer start(Path distribution) {
            Path work = Path.of("target", "test-mysql").toAbsolutePath();
            try {
                endLeftOver(work);
                deleteTree(work);
                Files.createDirectories(work);
                Path program = distribution.resolve("bin/mysqld");
                if (!Files.isExecutable(program) && !program.toFile().setExecutable(true)) {
                    throw new IllegalStateException("cannot make " + program + " executable");
                }
                int port = freePort();
                String password = UUID.randomUUID().toString();
                String url = Database.loopbackUrl(port);
                String administratorUrl = url + "&user=" + ADMINISTRATOR + "&password=" + password;
                run(work, command(distribution, work, "--initialize-insecure"));
                Process process = launch(work, distribution, port, password);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process.toHandle()), "end of the test MySQL"));
                awaitAnswer(process, work, url, password);
                Passwords passwords = Passwords.loadOrCreate(work);
                Migrations.createAccounts(administratorUrl, null, null, passwords);
                MySqlServer server = new MySqlServer(url, administratorUrl, passwords);
                new Migrations(server.database(Account.OWNER)).migrate();
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Process launch(Path work, Path distribution, int port, String password) throws IOException {
            Path init = work.resolve("init.sql");
            Files.writeString(init, """
                    ALTER USER 'root'@'localhost' IDENTIFIED BY '%1$s';
                    CREATE USER '%2$s'@'%%' IDENTIFIED BY '%1$s';
                    GRANT ALL PRIVILEGES ON *.* TO '%2$s'@'%%' WITH GRANT OPTION;
                    """.formatted(password, ADMINISTRATOR));
            return new ProcessBuilder(command(distribution, work, "--port=" + port, "--bind-address=127.0.0.1", "--mysqlx=0",
                    "--socket=mysqld.sock", "--pid-file=mysqld.pid", "--skip-name-resolve", "--init-file=" + init,
                    "--default-time-zone=+00:00", "--innodb-buffer-pool-size=128M", "--disable-log-bin",
                    "--innodb-flush-log-at-trx-commit=0", "--max-connections=200"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(work.resolve("mysqld.log").toFile()))
                    .start();
        }

        private static List<String> command(Path distribution, Path work, String... more) {
            List<String> command = new ArrayList<>(List.of(distribution.resolve("bin/mysqld").toString(), "--no-defaults",
                    "--datadir=" + work.resolve("data"), "--basedir=" + distribution, "--lc-messages-dir=" + distribution.resolve("share"),
                    "--character-set-server=utf8mb4"));
            if ("root".equals(System.getProperty("user.name"))) {
                command.add("--user=root");     // without this word the server refuses to run as root
            }
            command.addAll(List.of(more));
            return command;
        }

        private static void run(Path work, List<String> command) throws IOException {
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(work.resolve("mysqld.log").toFile())).start();
            awaitEnd(process.toHandle());
            if (process.exitValue() != 0) {
                throw new IllegalStateException("mysqld failed:\n" + Files.readString(work.resolve("mysqld.log")));
            }
        }

        private static void awaitAnswer(Process process, Path work, String url, String password) throws IOException {
            long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_LIMIT_SECONDS);
            while (!answers(url, password)) {
                if (!process.isAlive() || System.nanoTime() > limit) {
                    throw new IllegalStateException("mysqld did not start:\n" + Files.readString(work.resolve("mysqld.log")));
                }
                pause(process.toHandle());
            }
        }

        /** Waits a moment, or until the process ends. */
        private static void pause(ProcessHandle process) {
            try {
                process.onExit().get(100, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                return;                         // it lives: ask again
            } catch (ExecutionException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private static boolean answers(String url, String password) {
            try (Connection connection = DriverManager.getConnection(url, ADMINISTRATOR, password)) {
                return connection.isValid(1);
            } catch (SQLException e) {
                return false;                   // not yet: an ordinary answer of a server that is starting
            }
        }

        /** Ends the server of a run that was killed. */
        private static void endLeftOver(Path work) {
            String mark = "--datadir=" + work.resolve("data");
            ProcessHandle.allProcesses()
                    .filter(process -> process.info().arguments().map(arguments -> List.of(arguments).contains(mark)).orElse(false))
                    .forEach(Server::end);
        }

        private static void end(ProcessHandle process) {
            process.destroy();
            awaitEnd(process);
        }

        private static void awaitEnd(ProcessHandle process) {
            try {
                process.onExit().get(START_LIMIT_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException | InterruptedException e) {
                throw new IllegalStateException("mysqld (process " + process.pid() + ") did not end", e);
            }
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }

        private static void deleteTree(Path root) throws IOException {
            if (Files.exists(root)) {
                try (Stream<Path> paths = Files.walk(root)) {
                    for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
        }
    }
}
