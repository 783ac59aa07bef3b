package cn.onecard.terminal.sim;

import cn.onecard.terminal.pcsc.PcscProvider;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A PC/SC service with virtual readers for this process alone: own socket, own ports, not root. Needs the Debian packages pcscd and
 *  vsmartcard-vpcd, and perl. Readers come in pairs, because that is how the driver makes them; each pair has a copy of the driver,
 *  which keeps the state of one pair only. A process follows the socket that it first asked at for life, so there can be one of
 *  these a process. */
public final class PrivatePcscd implements AutoCloseable {
    /** As many as pcscd can have. */
    public static final int MOST_PAIRS = 8;
    private static final Path DAEMON = Path.of("/usr/sbin/pcscd");
    private static final Path DRIVER = Path.of("/usr/lib/pcsc/drivers/serial/libifdvpcd.so.0.8");
    /** Compiled into pcscd, which ends if it is not there. */
    private static final Path RUN = Path.of("/run/pcscd");
    private static final int READY_WITHIN_MILLIS = 10_000;
    private static final int LOOK_EVERY_MILLIS = 5;
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
    private final int firstPort;
    private final List<String> options;
    /** The daemon while it runs, else null; written by the one thread that starts and stops it. */
    private @Nullable Process daemon;

    private PrivatePcscd(Path folder, int firstPort, List<String> options) {
        this.folder = folder;
        this.firstPort = firstPort;
        this.options = options;
    }

    /** What is not installed here, for people, or empty if all is there. */
    public static Optional<String> missing() {
        if (!Files.exists(DAEMON) || !Files.exists(DRIVER)) {
            return Optional.of("install the Debian packages pcscd and vsmartcard-vpcd");
        }
        return Files.exists(RUN) || isRoot() ? Optional.empty() : Optional.of("let root make " + RUN);
    }

    /** Points this process at a socket of its own and writes the configuration; nothing listens there until {@link #start}.
     *
     *  @param pairs of readers, 1 to {@value #MOST_PAIRS}
     *  @param options for pcscd, for example {@code -r 5} for the handles that a reader has */
    public static PrivatePcscd prepare(int pairs, String... options) throws IOException {
        if (isRoot()) {
            Files.createDirectories(RUN);
        }
        Path folder = Files.createTempDirectory("pcscd");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.createDirectory(folder.resolve("conf"));
        Files.writeString(folder.resolve("launch.pl"), LAUNCHER);
        PrivatePcscd made = new PrivatePcscd(folder, freePorts(2 * pairs), List.of(options));
        made.configure(pairs);
        PcscProvider.useSocket(folder.resolve("comm"));
        return made;
    }

    /** Says which readers there are, from the next start on.
     *
     *  @param pairs no more than there were ports for at the beginning */
    public void configure(int pairs) throws IOException {
        StringBuilder readers = new StringBuilder();
        for (int pair = 0; pair < pairs; pair++) {
            Path driver = folder.resolve("libifdvpcd%d.so".formatted(pair));
            if (!Files.exists(driver)) {
                Files.copy(DRIVER, driver);
            }
            readers.append("FRIENDLYNAME \"%s\"\nDEVICENAME /dev/null:%d\nLIBPATH %s\nCHANNELID %d\n"
                    .formatted(pairName(pair), port(2 * pair), driver, port(2 * pair)));
        }
        Files.writeString(folder.resolve("conf").resolve("readers"), readers);
    }

    /** Starts the daemon and waits until it listens.
     *
     *  @throws IOException with what it said, if it ended instead */
    public void start() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        Path socket = folder.resolve("comm");
        Files.deleteIfExists(socket);
        command.addAll(List.of("perl", folder.resolve("launch.pl").toString(), socket.toString(), "-c", folder.resolve("conf").toString()));
        command.addAll(options);
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        daemon = process;
        for (int waited = 0; !Files.exists(socket); waited += LOOK_EVERY_MILLIS) {
            if (process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS) || waited >= READY_WITHIN_MILLIS) {
                throw new IOException("pcscd did not start: " + Files.readString(log).strip());
            }
        }
    }

    /** Ends the daemon, as an operator would. */
    public void stop() {
        Process running = daemon;
        if (running != null) {
            running.destroy();
            running.onExit().join();
            daemon = null;
        }
    }

    /** What a program finds in its environment to come to this service: variable and value. */
    public Map<String, String> environment() {
        return PcscProvider.environment(folder.resolve("comm"));
    }

    /** The name by which PC/SC knows a reader.
     *
     *  @param reader counted from 0 */
    public static String readerName(int reader) {
        return "%s 00 %02d".formatted(pairName(reader / 2), reader % 2);
    }

    /** Where {@link VpcdClient} puts a chip into a reader.
     *
     *  @param reader counted from 0 */
    public int port(int reader) {
        return firstPort + reader;
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

    private static String pairName(int pair) {
        return pair == 0 ? "Citizen Reader" : "Citizen Reader " + pair;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** The first of some ports in a row that are free now. */
    private static int freePorts(int count) throws IOException {
        IOException taken = new IOException("no " + count + " free ports in a row");
        for (int attempt = 0; attempt < 50; attempt++) {
            List<ServerSocket> held = new ArrayList<>();
            try {
                held.add(new ServerSocket(0));
                int first = held.getFirst().getLocalPort();
                for (int next = 1; next < count && first + next <= 0xFFFF; next++) {
                    held.add(new ServerSocket(first + next));
                }
                if (held.size() == count) {
                    return first;
                }
            } catch (IOException e) {
                taken.addSuppressed(e);
            } finally {
                for (ServerSocket socket : held) {
                    socket.close();
                }
            }
        }
        throw taken;
    }
}
