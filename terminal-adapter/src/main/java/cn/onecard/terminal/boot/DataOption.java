package cn.onecard.terminal.boot;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where everything lives. */
final class DataOption {
    @Option(names = "--data", paramLabel = "DIR", description = "the data folder (default: ${DEFAULT-VALUE})", defaultValue = "data")
    private Path data = Path.of("data");   // written by picocli

    Path folder() {
        return data;
    }

    /** The folder that the spool is in. */
    Path spool() {
        return data.resolve("spool");
    }
}
