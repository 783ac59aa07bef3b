package cn.onecard.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The front door, {@code ./onecard}, as a person uses it: one data folder, commands, what they print, how they end. */
final class FrontDoor {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LIMIT_SECONDS = 300;

    private final Path home;
    private final Path data;

    private FrontDoor(Path home, Path data) {
        this.home = home;
        this.data = data;
    }

    /** A front door with an empty data folder.
     *
     *  @param name of the folder, under the module's target folder */
    static FrontDoor withEmptyData(String name) throws IOException {
        Path home = Path.of(System.getProperty("onecard.home", "..")).toAbsolutePath().normalize();
        Path data = Path.of("target", "acceptance", name).toAbsolutePath();
        if (Files.exists(data)) {
            try (Stream<Path> all = Files.walk(data)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(data.getParent());
        return new FrontDoor(home, data);
    }

    Path data() {
        return data;
    }

    /** Where the project is. */
    Path home() {
        return home;
    }

    /** A file among the real data that stand beside the project, which may be absent. */
    Path realData(String name) {
        return home.resolve("../shared/data").resolve(name).normalize();
    }

    /** Runs a command to its end. */
    Ended run(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        return run(Map.of(), all.toArray(String[]::new));
    }

    /** Runs a command that needs no data folder, to its end.
     *
     *  @param environment what it finds there besides */
    Ended run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(Files.createDirectories(data.getParent()), "run", ".out");
        ProcessBuilder builder = builder(out, arguments);
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(String.join(" ", arguments) + " did not end:\n" + Files.readString(out));
        }
        return new Ended(process.exitValue(), Files.readString(out));
    }

    /** Runs a command that must succeed. */
    Ended succeed(String... arguments) throws IOException, InterruptedException {
        Ended ended = run(arguments);
        if (ended.status() != 0) {
            throw new AssertionError(String.join(" ", arguments) + " ended with " + ended.status() + ":\n" + ended.output() + logs());
        }
        return ended;
    }

    /** Starts a command that stays up.
     *
     *  @param out what it prints goes there */
    Process start(Path out, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        return builder(out, all.toArray(String[]::new)).start();
    }

    JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    private ProcessBuilder builder(Path out, String... arguments) {
        List<String> command = new ArrayList<>(List.of(home.resolve("onecard").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment().put("ONECARD_BUILT", "1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("ONECARD_DB_URL");
        return builder;
    }

    private String logs() throws IOException {
        StringBuilder tails = new StringBuilder();
        Path folder = data.resolve("log");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> logs = Files.list(folder)) {
                for (Path log : logs.filter(Files::isRegularFile).sorted().toList()) {
                    List<String> lines = Files.readAllLines(log);
                    tails.append("--- ").append(log.getFileName()).append('\n')
                            .append(String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()))).append('\n');
                }
            }
        }
        return tails.toString();
    }

    /** How a command ended.
     *
     *  @param status its exit status
     *  @param output what it printed, both streams */
    record Ended(int status, String output) {}
}
