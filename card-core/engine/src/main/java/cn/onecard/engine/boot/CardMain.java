package cn.onecard.engine.boot;

import cn.onecard.sql.DatabaseUnavailable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The card office at a console. */
@Command(name = "card", description = "The card office: how cards stand, and what is done with them.", mixinStandardHelpOptions = true, subcommands = {
    CardStatusCommand.class, CardOpenCommand.class, CardActs.Activate.class, CardActs.Lost.class, CardActs.Found.class, CardActs.Replace.class, CardActs.Close.class,
    CardActs.Renew.class, CardActs.Kind.class})
public final class CardMain {
    private CardMain() {}

    /** Runs a command and exits: 0 done, 1 it could not be done, 2 wrongly called. */
    public static void main(String[] args) {
        System.exit(line().execute(args));
    }

    /** The command line. */
    static CommandLine line() {
        CommandLine line = new CommandLine(new CardMain());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof DatabaseUnavailable || failure instanceof OperationFailed) {
                command.getErr().println("onecard card: " + failure.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw failure;
        });
        return line;
    }
}
