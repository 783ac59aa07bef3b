package cn.onecard.settlement.boot;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The settlement program. Exit codes: 0 done, 1 a check or an operation failed, 2 wrong usage. */
@Command(name = "settle", mixinStandardHelpOptions = true, version = "OneCard settlement 0.1.0",
        description = "Closes, settles and verifies business days.", synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    private static CommandLine commandLine() {
        return new CommandLine(new Main());
    }
}
