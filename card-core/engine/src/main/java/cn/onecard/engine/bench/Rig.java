package cn.onecard.engine.bench;

import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.Passwords;
import cn.onecard.sql.embedded.EmbeddedServer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The programs under measurement, each a process of its own, as {@code ./onecard} would start them: a database and cores, in a
 *  data folder that is empty at first. They end with the bench, even if that is interrupted. */
public final class Rig {
    private static final String VERSION = "0.1.0";
    private static final String MARK = "made-by-bench";
    private static final int COMMAND_SECONDS = 600;
    private static final int READY_SECONDS = 60;
    private static final int END_SECONDS = 60;
    private static final String NODE = "core";

    private final RigSettings settings;
    private final Set<Process> running = new HashSet<>();      // guarded by this; commands and cores
    private boolean over;       // guarded by this; nothing is started any more

    private Rig(RigSettings settings) {
        this.settings = settings;
    }

    /** A core that runs.
     *
     *  @param grpcPort the terminals' door
     *  @param httpPort the operators' door */
    public record RunningCore(Process process, int grpcPort, int httpPort) {}

    /** Empties the data folder, starts the database, makes keys and certificates, and registers a city without cards. */
    public static Rig prepare(RigSettings settings, BenchCity city) throws IOException {
        Rig rig = prepareDatabase(settings);
        city.write(settings.data().resolve("city"));
        rig.core("keys", "--demo", "--seed", Long.toString(TapMill.KEY_SEED));
        List<String> certificates = new ArrayList<>(List.of("certs"));
        BenchCity.gateways().forEach(gateway -> certificates.addAll(List.of("--gateway", gateway)));
        rig.core(certificates.toArray(String[]::new));
        rig.core("register");
        return rig;
    }

    /** Empties the data folder and starts the database, with its schemas. */
    public static Rig prepareDatabase(RigSettings settings) throws IOException {
        Rig rig = new Rig(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(rig::endEverything, "end of the bench"));
        rig.emptyFolder();
        if (settings.url().isEmpty()) {
            rig.startDatabase();
            rig.command("sql", "onecard-sql", "cn.onecard.sql.boot.Main", "partitions", "--from", settings.businessDate().toString(), "--days", "3");
        } else {
            rig.command("sql", "onecard-sql", "cn.onecard.sql.boot.Main", "migrate");
        }
        return rig;
    }

    /** Starts the embedded database, or finds it running. */
    public void startDatabase() throws IOException {
        command("sql", "onecard-sql", "cn.onecard.sql.boot.Main", "start", "--buffer-pool", Integer.toString(settings.bufferPoolMebibytes()));
    }

    /** Ends the embedded database as a power cut would. */
    public void killDatabase() {
        kill(findDatabase().orElseThrow(() -> new BenchFailed("the database does not run")));
    }

    /** Ends a core as a power cut would. */
    public void kill(RunningCore core) {
        kill(core.process().toHandle());
    }

    /** The database, as the core sees it. */
    public Database database() {
        return settings.url()
                .map(url -> Database.at(url, Account.ENGINE, Passwords.load(settings.data()).of(Account.ENGINE)))
                .orElseGet(() -> Database.open(settings.data(), Account.ENGINE));
    }

    public Path tls() {
        return settings.data().resolve("secrets/tls");
    }

    public Path log() {
        return settings.data().resolve("log/core.log");
    }

    /** Starts a core and waits until it is ready. */
    public RunningCore startCore() throws IOException {
        return startCore(NODE);
    }

    /** Starts one core of several and waits until it is ready.
     *
     *  @param node its name on the database */
    public RunningCore startCore(String node) throws IOException {
        Path ready = settings.data().resolve("run/" + node + ".json");
        Files.deleteIfExists(ready);
        Files.createDirectories(log().getParent());
        List<String> words = java("card-core/engine", "onecard-engine", settings.coreOptions());
        words.addAll(List.of("cn.onecard.engine.boot.Main", "serve", "--data", settings.data().toString(),
                "--business-date", settings.businessDate().toString(), "--node", node, "--ready", ready.toString()));
        Process process = start(words, log());
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
        while (!Files.exists(ready)) {
            if (System.nanoTime() > until || ends(process.toHandle(), 50)) {
                process.destroyForcibly();
                throw new BenchFailed("the core did not become ready; see " + log());
            }
        }
        JsonNode json = new ObjectMapper().readTree(ready.toFile());
        return new RunningCore(process, json.get("grpcPort").asInt(), json.get("httpPort").asInt());
    }

    /** Ends a core in good order. */
    public void stop(RunningCore core) {
        core.process().destroy();
        if (!ends(core.process().toHandle(), TimeUnit.SECONDS.toMillis(READY_SECONDS))) {
            core.process().destroyForcibly();
            throw new BenchFailed("the core did not end when it was told to; see " + log());
        }
    }

    /** Ends the database, if it is ours. */
    public void stopDatabase() {
        if (settings.url().isEmpty()) {
            new EmbeddedServer(settings.data()).stop();
        }
    }

    private void core(String... words) throws IOException {
        command("card-core/engine", "onecard-engine", "cn.onecard.engine.boot.Main", words);
    }

    private void command(String module, String artifact, String main, String... words) throws IOException {
        List<String> command = java(module, artifact, List.of("-Xmx512m", "-XX:+UseSerialGC"));
        command.add(main);
        command.addAll(List.of(words));
        command.addAll(List.of("--data", settings.data().toString()));
        Path log = settings.data().resolve("log/commands.log");
        Files.createDirectories(log.getParent());
        Process process = start(command, log);
        if (!ends(process.toHandle(), TimeUnit.SECONDS.toMillis(COMMAND_SECONDS)) || process.exitValue() != 0) {
            throw new BenchFailed(main + " " + words[0] + " failed; see " + log);
        }
    }

    private synchronized Process start(List<String> words, Path log) throws IOException {
        if (over) {
            throw new BenchFailed("interrupted");
        }
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        settings.url().ifPresent(url -> builder.environment().put(Database.URL_VARIABLE, url));
        Process process = builder.start();
        running.removeIf(earlier -> !earlier.isAlive());
        running.add(process);
        return process;
    }

    /** Leaves nothing behind, however the bench ends. After a good end there is nothing to do. */
    private synchronized void endEverything() {
        over = true;
        for (Process process : running) {
            process.descendants().forEach(ProcessHandle::destroy);      // a database that is being started
            process.destroyForcibly();
        }
        findDatabase().ifPresent(database -> {
            database.destroy();
            ends(database, TimeUnit.SECONDS.toMillis(END_SECONDS));
        });
    }

    private Optional<ProcessHandle> findDatabase() {
        return settings.url().isEmpty() ? new EmbeddedServer(settings.data()).findProcess() : Optional.empty();
    }

    private List<String> java(String module, String artifact, List<String> options) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(options);
        Path target = settings.home().resolve(module).resolve("target");
        words.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-cp",
                target.resolve(artifact + "-" + VERSION + ".jar") + ":" + target.resolve("lib") + "/*"));
        return words;
    }

    private static void kill(ProcessHandle process) {
        process.destroyForcibly();
        if (!ends(process, TimeUnit.SECONDS.toMillis(END_SECONDS))) {
            throw new BenchFailed("process " + process.pid() + " survives being killed");
        }
    }

    private static boolean ends(ProcessHandle process, long millis) {
        try {
            process.onExit().get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException running) {
            return false;
        } catch (ExecutionException e) {
            throw new BenchFailed("a process cannot be watched", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailed("interrupted", e);
        }
    }

    /** Only a folder that an earlier run made is emptied. */
    private void emptyFolder() throws IOException {
        Path data = settings.data();
        if (Files.exists(data)) {
            if (!Files.exists(data.resolve(MARK))) {
                throw new BenchFailed(data + " is not a folder of an earlier run; name one that does not exist");
            }
            new EmbeddedServer(data).stop();        // an earlier run may have been killed itself
            try (var paths = Files.walk(data)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(data);
        Files.createFile(data.resolve(MARK));
    }

    /** What the database says it is. */
    public static Optional<String> version(Database database) {
        try (var connection = database.connect()) {
            return Optional.of(connection.getMetaData().getDatabaseProductVersion());
        } catch (java.sql.SQLException e) {
            return Optional.empty();
        }
    }
}
