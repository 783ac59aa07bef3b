package cn.onecard.sql.boot;

import cn.onecard.sql.DatabaseUnavailable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The front door of the {@code db} commands. */
@Command(name = "db", description = "The database: embedded, or the one that ONECARD_DB_URL names.", mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {StartCommand.class, StopCommand.class, StatusCommand.class, MigrateCommand.class, ResetCommand.class,
            PartitionsCommand.class})
public final class Main {
    private Main() {}

    /** Runs one command and exits with its status. */
    public static void main(String[] arguments) {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "logback-db.xml");
        }
        System.exit(commandLine().execute(arguments));
    }

    /** The commands, so that what can be foreseen to fail says so in a line and anything else shows its trace. */
    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler((exception, command, parsed) -> {
            if (exception instanceof DatabaseUnavailable) {
                command.getErr().println(exception.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw exception;
        });
    }
}
