package cn.onecard.engine.boot;

import cn.onecard.sql.DatabaseUnavailable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What a person asks about accounts and orders. */
@Command(name = "pay", description = "Accounts and orders of on-line payments.", mixinStandardHelpOptions = true, subcommands = {
    PayAccountCommand.class, PayStatementCommand.class, PayOpenCommand.class, PayCheckCommand.class, PayCategoriesCommand.class,
    PayDecideCommand.class, PayBillerStatementCommand.class})
public final class PayMain {
    private PayMain() {}

    /** Runs a command and exits: 0 done, 1 it could not be done or the books do not balance, 2 wrongly called. */
    public static void main(String[] args) {
        System.exit(line().execute(args));
    }

    /** The command line. */
    static CommandLine line() {
        CommandLine line = new CommandLine(new PayMain());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof DatabaseUnavailable || failure instanceof OperationFailed) {
                command.getErr().println("onecard pay: " + failure.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw failure;
        });
        return line;
    }
}
