package cn.onecard.settlement.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Starts the programs of OneCard as processes. What a program says on stderr goes to {@code DATA/log/NAME.log}; what it says
 *  on stdout is read for progress lines of the form {@code {"stage":"taps","done":12,"of":100}}. */
final class Programs {
    /** A program and where it stands. */
    enum Program {
        DB("sql", "sql", "Main"),
        CORE("card-core/engine", "engine", "Main"),
        PAY("card-core/engine", "engine", "PayMain"),
        PARTNER("card-core/engine", "engine", "PartnerMain"),
        TERMINAL("terminal-adapter", "terminal", "Main"),
        SETTLE("settlement", "settlement", "Main"),
        EXTRACT("analytics-export", "analytics", "Main");

        private final String module;
        private final String packageName;
        private final String mainClass;

        Program(String module, String packageName, String mainClass) {
            this.module = module;
            this.packageName = packageName;
            this.mainClass = mainClass;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);

    private final Path home;
    private final Path data;
    private final List<Process> servers = new ArrayList<>();

    /** The programs under a home folder.
     *
     *  @param home the project's folder, built
     *  @param data the demo's data folder */
    Programs(Path home, Path data) {
        this.home = home;
        this.data = data;
    }

    /** Runs a program to its end.
     *
     *  @param progress told of done and of-how-many while it works
     *  @return what it printed besides its progress
     *  @throws DemoFailed if it ends with another status than 0, with what it said */
    String run(Program program, BiConsumer<Long, Long> progress, String... arguments) throws IOException, InterruptedException, DemoFailed {
        Path log = log(program);
        Process process = builder(program, log, arguments).start();
        StringBuilder said = new StringBuilder();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (!tell(line, progress)) {
                    said.append(line).append('\n');
                }
            }
        }
        int status = process.waitFor();
        if (status != 0) {
            throw new DemoFailed("'" + program.packageName + " " + arguments[0] + "' ended with status " + status + ".\n"
                    + said + tail(log) + "The whole log: " + log);
        }
        return said.toString();
    }

    /** A program that stays up.
     *
     *  @param ready the JSON file it writes when it is ready */
    record Server(Program program, Path ready, List<String> arguments) {
        Server {
            arguments = List.copyOf(arguments);
        }

        private String name() {
            return program.packageName + " " + arguments.getFirst();
        }
    }

    /** Starts a program that stays up and waits until it has written its ready file.
     *
     *  @param ready the JSON file it writes when it is ready
     *  @return what the file says */
    JsonNode start(Program program, Path ready, String... arguments) throws IOException, InterruptedException, DemoFailed {
        return start(List.of(new Server(program, ready, List.of(arguments)))).getFirst();
    }

    /** Starts programs that stay up, all at once, and waits until each has written its ready file.
     *
     *  @return what the files say */
    List<JsonNode> start(List<Server> all) throws IOException, InterruptedException, DemoFailed {
        List<Process> started = new ArrayList<>();
        for (Server server : all) {
            Files.deleteIfExists(server.ready());
            Path log = log(server.program());
            Process process = builder(server.program(), log, server.arguments().toArray(String[]::new)).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
            started.add(process);
            servers.add(process);
        }
        List<JsonNode> ready = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            ready.add(awaitReady(all.get(i), started.get(i)));
        }
        return ready;
    }

    private JsonNode awaitReady(Server server, Process process) throws IOException, InterruptedException, DemoFailed {
        Path log = log(server.program());
        long limit = System.nanoTime() + READY_LIMIT.toNanos();
        while (!Files.exists(server.ready())) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                throw new DemoFailed("'" + server.name() + "' ended with status " + process.exitValue() + " before it was ready.\n" + tail(log) + "The whole log: " + log);
            }
            if (System.nanoTime() > limit) {
                throw new DemoFailed("'" + server.name() + "' was not ready after " + READY_LIMIT.toSeconds() + " s. The log: " + log);
            }
        }
        return JSON.readTree(server.ready().toFile());
    }

    /** Ends the programs that stay up, the last one first, and waits for each. */
    void stopServers() throws InterruptedException {
        for (Process server : servers.reversed()) {
            server.destroy();
            if (!server.waitFor(20, TimeUnit.SECONDS)) {
                server.destroyForcibly().waitFor();
            }
        }
        servers.clear();
    }

    private ProcessBuilder builder(Program program, Path log, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + (program == Program.TERMINAL ? "1g" : "512m"),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Donecard.home=" + home,
                "-cp", classPath(program),
                "cn.onecard." + program.packageName + ".boot." + program.mainClass));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", data.toString()));
        return new ProcessBuilder(command).redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    }

    private String classPath(Program program) {
        Path target = home.resolve(program.module).resolve("target");
        String jar = switch (program) {
            case DB -> "onecard-sql";
            case CORE, PAY, PARTNER -> "onecard-engine";
            case TERMINAL -> "onecard-terminal-adapter";
            case SETTLE -> "onecard-settlement";
            case EXTRACT -> "onecard-analytics-export";
        };
        return target.resolve(jar + "-0.1.0.jar") + File.pathSeparator + target.resolve("lib") + File.separator + "*";
    }

    private Path log(Program program) throws IOException {
        Path folder = Files.createDirectories(data.resolve("log"));
        return folder.resolve(program.packageName + ".log");
    }

    private static boolean tell(String line, BiConsumer<Long, Long> progress) {
        if (!line.startsWith("{\"stage\"")) {
            return false;
        }
        try {
            JsonNode node = JSON.readTree(line);
            progress.accept(node.path("done").asLong(), node.path("of").asLong());
            return true;
        } catch (JsonProcessingException notProgress) {
            return false;
        }
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size())) + "\n";
    }
}
