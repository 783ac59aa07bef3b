package cn.onecard.engine.boot;

import cn.onecard.sql.DatabaseUnavailable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Partners to practise on, each a program of its own. */
@Command(name = "partner", description = "A partner of OneCard to practise on.", mixinStandardHelpOptions = true, subcommands = {
    BankPartnerCommand.class, BillerPartnerCommand.class, MedicalPartnerCommand.class, TillPartnerCommand.class,
    CountersPartnerCommand.class})
public final class PartnerMain {
    private PartnerMain() {}

    /** Runs a command and exits: 0 done, 1 it could not be done, 2 wrongly called. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs a command.
     *
     *  @return its exit code */
    static int run(String... args) {
        CommandLine line = new CommandLine(new PartnerMain());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof OperationFailed || failure instanceof DatabaseUnavailable) {
                command.getErr().println("onecard partner: " + failure.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw failure;
        });
        return line.execute(args);
    }
}
