package cn.onecard.sql.embedded;

import cn.onecard.sql.Account;
import cn.onecard.sql.Accounts;
import cn.onecard.sql.Database;
import cn.onecard.sql.DatabaseUnavailable;
import cn.onecard.sql.Passwords;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedded server of one data directory: {@code DIR/db}.
 *
 *  <h2>A process of its own</h2>
 *  The server is started in a session of its own, so that neither Ctrl-C nor the end of this JVM reaches it, and it is found
 *  again by its {@code --datadir}, the one mark that survives a kill -9 of everybody: no pid file can go stale. A server that
 *  is found running is used; two starts at once wait for each other at a file lock.
 *
 *  <h2>Nobody without a password</h2>
 *  The data folder is made without the script that would add password-less root accounts: there is no root. Schemas,
 *  accounts and passwords come from an init file that the server reads before it listens, at every start, and that only its
 *  owner can read while it is there.
 *
 *  <h2>Files</h2>
 *  <pre>
 *  DIR/db/server-VERSION/     program files
 *  DIR/db/data/               the data; made in data.new and renamed, so that it is whole or absent
 *  DIR/db/my.cnf              settings, written at each start
 *  DIR/db/mariadbd.log        what the server says
 *  DIR/db/server.properties   port, pid
 *  </pre> */
public final class EmbeddedServer {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);

    /** InnoDB may have a long log to replay after a crash. */
    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(2);
    private static final int LOG_TAIL_LINES = 5;
    private static final int LEAST_REDO_LOG_MEBIBYTES = 48;

    private final Path dataDir;
    private final Path home;
    private final Path programs;

    /** The server of a data directory. */
    public EmbeddedServer(Path dataDir) {
        this(dataDir, dataDir.resolve("db").resolve("server-" + ServerBinaries.VERSION));
    }

    /** The server of a data directory, with its program files elsewhere: several servers can share them. */
    public EmbeddedServer(Path dataDir, Path programs) {
        this.dataDir = dataDir.toAbsolutePath().normalize();
        this.home = this.dataDir.resolve("db");
        this.programs = programs.toAbsolutePath().normalize();
    }

    /** Starts the server unless it runs, and returns when it answers.
     *
     *  @return whether it had to be started */
    public boolean start(ServerSettings settings) {
        try {
            Files.createDirectories(home);
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
            try (FileChannel channel = FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                requireSameRelease();
                Passwords passwords = Passwords.loadOrCreate(dataDir);
                Optional<ProcessHandle> running = findProcess();
                if (running.isPresent()) {
                    awaitAnswer(running.get(), port(), passwords);
                    return false;
                }
                launch(settings, passwords);
                return lock.isValid();
            }
        } catch (IOException e) {
            throw new DatabaseUnavailable("cannot start the database under " + home + ": " + e, e);
        }
    }

    /** Ends the server in good order, and returns when its process is gone.
     *
     *  @return whether there was one to end */
    public boolean stop() {
        Optional<ProcessHandle> running = findProcess();
        running.ifPresent(process -> {
            process.destroy();
            awaitEnd(process);
        });
        try {
            Files.deleteIfExists(home.resolve("server.properties"));
        } catch (IOException e) {
            throw new DatabaseUnavailable("cannot remove " + home.resolve("server.properties") + ": " + e, e);
        }
        return running.isPresent();
    }

    /** The server's process, if it runs. */
    public Optional<ProcessHandle> findProcess() {
        String mark = "--datadir=" + data();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().arguments().map(arguments -> List.of(arguments).contains(mark)).orElse(false))
                .findFirst();
    }

    /** Where the server listens, on 127.0.0.1. */
    public int port() {
        try {
            String line = Files.readAllLines(home.resolve("my.cnf")).stream().filter(text -> text.startsWith("port=")).findFirst()
                    .orElseThrow(() -> new DatabaseUnavailable(home.resolve("my.cnf") + " names no port"));
            return Integer.parseInt(line.substring("port=".length()));
        } catch (IOException e) {
            throw new DatabaseUnavailable("cannot read the port of the database from " + home.resolve("my.cnf") + ": " + e, e);
        }
    }

    /** Where the server writes what it has to say. */
    public Path log() {
        return home.resolve("mariadbd.log");
    }

    private Path data() {
        return home.resolve("data");
    }

    private void launch(ServerSettings settings, Passwords passwords) throws IOException {
        ServerBinaries binaries = ServerBinaries.unpack(programs);
        int port = choosePort();
        Files.writeString(home.resolve("my.cnf"), configuration(binaries, settings, port));
        if (!Files.isDirectory(data())) {
            makeData(binaries);
        }
        Path init = Files.createTempFile(home, "init", ".sql",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(init, Accounts.statements(passwords).stream().map(sql -> sql + ";\n").collect(Collectors.joining()));
            Process process = new ProcessBuilder("setsid", binaries.program().toString(),
                    "--defaults-file=" + home.resolve("my.cnf"), "--datadir=" + data(), "--init-file=" + init)
                    .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
            awaitAnswer(process.toHandle(), port, passwords);
        } finally {
            Files.delete(init);
        }
    }

    /** An empty data folder: the server's own tables and no account at all. */
    private void makeData(ServerBinaries binaries) throws IOException {
        Path fresh = home.resolve("data.new");
        deleteTree(fresh);
        Files.createDirectories(fresh);
        Path script = Files.createTempFile(home, "bootstrap", ".sql");
        try {
            Files.writeString(script, "CREATE DATABASE mysql;\nUSE mysql;\n"
                    + Files.readString(binaries.share().resolve("mariadb_system_tables.sql")) + "\n"
                    + Files.readString(binaries.share().resolve("mariadb_performance_tables.sql")) + "\n");
            Process process = new ProcessBuilder(binaries.program().toString(), "--defaults-file=" + home.resolve("my.cnf"),
                    "--datadir=" + fresh, "--bootstrap", "--enforce-storage-engine=", "--max-allowed-packet=8M", "--net-buffer-length=16K")
                    .redirectInput(script.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
            awaitEnd(process.toHandle());
            if (process.exitValue() != 0) {
                throw new DatabaseUnavailable("the database could not make its files under " + fresh + ":\n" + logTail());
            }
            Files.writeString(home.resolve("release"), ServerBinaries.VERSION);
            Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.delete(script);
        }
    }

    private String configuration(ServerBinaries binaries, ServerSettings settings, int port) {
        List<String> lines = new ArrayList<>(List.of(
                "# Written at each start: what is changed here is lost.",
                "[mariadbd]",
                "basedir=" + binaries.base(),
                "lc-messages-dir=" + binaries.share(),
                "character-sets-dir=" + binaries.share().resolve("charsets"),
                "bind-address=127.0.0.1",
                "port=" + port,
                // Beside the data: a path of its own could be too long for a socket.
                "socket=mariadbd.sock",
                "pid-file=mariadbd.pid",
                "skip-name-resolve",
                // Nothing leaves the machine; and making a certificate takes four seconds at each start.
                "ssl=0",
                "character-set-server=utf8mb4",
                "collation-server=utf8mb4_bin",
                "default-time-zone=+00:00",
                "transaction-isolation=READ-COMMITTED",
                "sql-mode=ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION",
                "innodb-buffer-pool-size=" + settings.bufferPoolMebibytes() + "M",
                "innodb-log-file-size=" + Math.max(LEAST_REDO_LOG_MEBIBYTES, settings.bufferPoolMebibytes() / 2) + "M",
                "innodb-flush-log-at-trx-commit=" + (settings.durable() ? 1 : 0),
                "max-allowed-packet=64M",
                "max-connections=200"));
        if ("root".equals(System.getProperty("user.name"))) {
            // Without this word the server refuses to run as root.
            lines.add("user=root");
        }
        return String.join("\n", lines) + "\n";
    }

    private void awaitAnswer(ProcessHandle process, int port, Passwords passwords) throws IOException {
        Database owner = Database.at(Database.loopbackUrl(port), Account.OWNER, passwords.of(Account.OWNER));
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (!answers(owner)) {
            if (!process.isAlive()) {
                throw new DatabaseUnavailable("the database ended while it was starting:\n" + logTail());
            }
            if (System.nanoTime() > limit) {
                throw new DatabaseUnavailable("the database did not answer within " + START_LIMIT.toMinutes() + " minutes; see " + log());
            }
            pause(process);
        }
        Properties properties = new Properties();
        properties.setProperty("port", Integer.toString(port));
        properties.setProperty("pid", Long.toString(process.pid()));
        Path fresh = home.resolve("server.properties.new");
        try (var writer = Files.newBufferedWriter(fresh)) {
            properties.store(writer, null);
        }
        Files.move(fresh, home.resolve("server.properties"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean answers(Database owner) {
        try (Connection connection = owner.connect()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;   // not yet: an ordinary answer of a server that is starting
        }
    }

    /** Waits a moment, or until the process ends. */
    private static void pause(ProcessHandle process) {
        try {
            process.onExit().get(100, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return;         // it lives: ask again
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnavailable("interrupted while the database was starting", e);
        }
    }

    private static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new DatabaseUnavailable("the database (process " + process.pid() + ") did not end within " + STOP_LIMIT.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnavailable("interrupted while waiting for the end of the database", e);
        }
    }

    private void requireSameRelease() throws IOException {
        Path file = home.resolve("release");
        if (Files.exists(file) && !Files.readString(file).equals(ServerBinaries.VERSION)) {
            throw new DatabaseUnavailable("the files under " + home + " were made by MariaDB " + Files.readString(file) + ", this program carries "
                    + ServerBinaries.VERSION + ": dump them with the old program and load them into the new");
        }
    }

    private String logTail() throws IOException {
        List<String> lines = Files.readAllLines(log());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
    }

    /** The port of the last time, so that the pools of running programs find the server again after a crash; another one if
     *  somebody has taken it. */
    private int choosePort() throws IOException {
        if (Files.exists(home.resolve("my.cnf"))) {
            int last = port();
            try (ServerSocket socket = new ServerSocket(last, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                LOG.warn("port {} is taken: the database moves to another one, and programs that were running must be started again", last);
            }
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (var paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
