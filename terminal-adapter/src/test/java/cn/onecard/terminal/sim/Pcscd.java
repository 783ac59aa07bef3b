package cn.onecard.terminal.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cn.onecard.terminal.reader.CardWatch;
import cn.onecard.terminal.reader.Reader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A private pcscd with two virtual readers, for this process alone: own socket, own ports, not root. A process that has
 *  once asked for readers follows the same socket path for life, so there is one of these a test class, and each class has a
 *  process of its own.
 *
 *  <p>Where Debian's pcscd and vsmartcard-vpcd are not installed the tests are skipped, but in CI they fail. */
public final class Pcscd implements AutoCloseable {
    public static final String CITIZEN = "Citizen Reader 00 00";
    public static final String PSAM = "Citizen Reader 00 01";
    private static final Path DAEMON = Path.of("/usr/sbin/pcscd");
    private static final Path DRIVER = Path.of("/usr/lib/pcsc/drivers/serial/libifdvpcd.so.0.8");
    /** Compiled into pcscd, which ends if it is not there. */
    private static final Path RUN = Path.of("/run/pcscd");
    private static final Duration INSERTED_WITHIN = Duration.ofMillis(700);
    /** Listens at a path of our own and hands the socket to pcscd as a service manager would. */
    private static final String LAUNCHER = """
        use strict; use Socket; use POSIX ();
        my $path = shift @ARGV; unlink $path;
        $^F = 10;
        socket(my $s, PF_UNIX, SOCK_STREAM, 0) or die $!;
        bind($s, pack_sockaddr_un($path)) or die $!;
        chmod 0777, $path;
        listen($s, 64) or die $!;
        POSIX::dup2(fileno($s), 3) or die $! if fileno($s) != 3;
        $ENV{LISTEN_FDS} = 1; $ENV{LISTEN_PID} = $$;
        exec("/usr/sbin/pcscd", "--foreground", @ARGV) or die $!;
        """;

    private final Path folder;
    private final int port;
    private final List<String> options;
    /** The daemon, while it runs; written by the test's thread. */
    private Process daemon;

    private Pcscd(Path folder, int port, List<String> options, Process daemon) {
        this.folder = folder;
        this.port = port;
        this.options = options;
        this.daemon = daemon;
    }

    /** Points this process at a socket of its own and makes the configuration; nothing listens there yet. */
    public static Prepared prepare() throws IOException {
        boolean root = "root".equals(System.getProperty("user.name"));
        if (root && Files.exists(DAEMON)) {
            Files.createDirectories(RUN);
        }
        boolean installed = Files.exists(DAEMON) && Files.exists(DRIVER) && Files.exists(RUN);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(installed).as("pcscd and vsmartcard-vpcd are installed, and there is " + RUN).isTrue();
        }
        Assumptions.assumeTrue(installed, "skipped: install the Debian packages pcscd and vsmartcard-vpcd, and let root make " + RUN);
        Path folder = Files.createTempDirectory("pcscd");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path driver = Files.copy(DRIVER, folder.resolve("libifdvpcd0.so"));
        int port = freePort();
        Path readers = Files.createDirectory(folder.resolve("conf")).resolve("readers");
        Files.writeString(readers, "FRIENDLYNAME \"Citizen Reader\"\nDEVICENAME /dev/null:%d\nLIBPATH %s\nCHANNELID %d\n"
                .formatted(port, driver, port));
        Files.writeString(folder.resolve("launch.pl"), LAUNCHER);
        setEnvironment("PCSCLITE_CSOCK_NAME", folder.resolve("comm").toString());
        return new Prepared(folder, port);
    }

    /** A configuration that waits for its daemon. */
    public record Prepared(Path folder, int port) {
        /** Starts the daemon. */
        public Pcscd start(String... options) throws IOException {
            return new Pcscd(folder, port, List.of(options), launch(folder, List.of(options)));
        }
    }

    public int citizenPort() {
        return port;
    }

    public int psamPort() {
        return port + 1;
    }

    /** Puts a chip into a reader and waits until the reader shows it. The daemon looks every 400 ms and overlooks a chip
     *  that comes right after another was lost, so it is put in again if it is not seen. */
    public VpcdClient insert(VirtualDevice device, int atPort, Reader reader) {
        AtomicReference<@Nullable VpcdClient> inserted = new AtomicReference<>();
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            VpcdClient overlooked = inserted.getAndSet(null);
            if (overlooked != null) {
                overlooked.close();
                await().atMost(Duration.ofSeconds(3)).until(() -> !reader.cardPresent());
            }
            inserted.set(VpcdClient.insert(device, atPort));
            return CardWatch.awaitPresent(reader, INSERTED_WITHIN);
        });
        return Objects.requireNonNull(inserted.get());
    }

    /** Ends the daemon, as an operator would. */
    public void stop() {
        daemon.destroy();
        await().atMost(Duration.ofSeconds(10)).until(() -> !daemon.isAlive());
    }

    /** Starts the daemon again. */
    public void restart() throws IOException {
        daemon = launch(folder, options);
    }

    @Override
    public void close() throws IOException {
        stop();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Process launch(Path folder, List<String> options) throws IOException {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        Path socket = folder.resolve("comm");
        Files.deleteIfExists(socket);
        command.addAll(List.of("perl", folder.resolve("launch.pl").toString(), socket.toString(), "-c", folder.resolve("conf").toString()));
        command.addAll(options);
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile()).start();
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            assertThat(process.isAlive()).as(() -> read(folder.resolve("log"))).isTrue();
            return Files.exists(socket);
        });
        return process;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** A port that is free together with the next one. */
    private static int freePort() throws IOException {
        for (int attempt = 0; attempt < 50; attempt++) {
            try (ServerSocket first = new ServerSocket(0); ServerSocket second = new ServerSocket(first.getLocalPort() + 1)) {
                return second.getLocalPort() - 1;
            } catch (IOException | IllegalArgumentException taken) {
                assertThat(attempt).as(String.valueOf(taken.getMessage())).isLessThan(49);
            }
        }
        throw new AssertionError("no two free ports");
    }

    @SuppressWarnings("restricted")
    private static void setEnvironment(String name, String value) {
        try (Arena arena = Arena.ofConfined()) {
            var setenv = Linker.nativeLinker().downcallHandle(Linker.nativeLinker().defaultLookup().findOrThrow("setenv"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
            int result = (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
            assertThat(result).isZero();
        } catch (Throwable e) {
            throw new AssertionError("setenv", e);
        }
    }
}
