package cn.onecard.settlement.boot;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the city's data lies: the option that every command has. */
final class DataOption {
    @Option(names = "--data", paramLabel = "DIR", defaultValue = "data", description = "The data directory (default: ${DEFAULT-VALUE}).")
    Path directory = Path.of("data");   // written by picocli
}
