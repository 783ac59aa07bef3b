package cn.onecard.settlement.boot;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** The fare office's program. Exit codes: 0 done, 1 a source or a fare table is refused, 2 wrong usage. */
@Command(name = "fares", mixinStandardHelpOptions = true, version = "OneCard fares 0.1.0", synopsisSubcommandLabel = "COMMAND",
        description = "Makes fare tables, asks them and holds charges against them.",
        subcommands = {FaresImportCommand.class, FaresPriceCommand.class, FaresAuditCommand.class})
public final class FaresMain {
    private FaresMain() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new FaresMain()).setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof IOException || failure instanceof IllegalArgumentException) {
                command.getErr().println(failure instanceof NoSuchFileException ? "no such file: " + failure.getMessage() : failure.getMessage());
                return ExitCode.SOFTWARE;
            }
            throw failure;
        });
    }
}
