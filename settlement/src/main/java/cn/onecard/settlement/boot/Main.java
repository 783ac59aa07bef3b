package cn.onecard.settlement.boot;

import cn.onecard.settlement.day.SettlementFailure;
import cn.onecard.sql.DatabaseUnavailable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;

/** The settlement program. Exit codes: 0 done, 1 a check or an operation failed, 2 wrong usage. */
@Command(name = "settle", mixinStandardHelpOptions = true, version = "OneCard settlement 0.1.0",
        description = "Closes, settles and verifies business dates.", synopsisSubcommandLabel = "COMMAND",
        subcommands = {CloseCommand.class, RunCommand.class, StatusCommand.class, VerifyCommand.class, FeesCommand.class})
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler(tellExpected());
    }

    /** What a person can act on is one line; anything else is a defect and shows its trace. */
    private static IExecutionExceptionHandler tellExpected() {
        return (failure, command, parsed) -> {
            if (failure instanceof SettlementFailure || failure instanceof DatabaseUnavailable) {
                command.getErr().println(failure.getMessage());
                return ExitCode.SOFTWARE;
            }
            throw failure;
        };
    }
}
