package cn.onecard.engine.boot;

import cn.onecard.sql.DatabaseUnavailable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Who may call the interface. */
@Command(name = "api", description = "Callers of the interface for merchants, billers, hospitals and operators.", mixinStandardHelpOptions = true,
        subcommands = {ApiAddCommand.class, ApiListCommand.class, ApiKeyCommand.class, ApiRevokeCommand.class})
public final class ApiMain {
    private ApiMain() {}

    /** Runs a command and exits: 0 done, 1 it could not be done, 2 wrongly called. */
    public static void main(String[] args) {
        System.exit(line().execute(args));
    }

    /** The command line. */
    static CommandLine line() {
        CommandLine line = new CommandLine(new ApiMain());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof DatabaseUnavailable || failure instanceof OperationFailed) {
                command.getErr().println("onecard api: " + failure.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw failure;
        });
        return line;
    }
}
