package cn.onecard.engine.boot;

import cn.onecard.engine.card.RegistrationFailed;
import cn.onecard.engine.key.KeysUnavailable;
import cn.onecard.sql.DatabaseUnavailable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The core: takes taps from the terminals' gateways and posts them; and the keys, cards and certificates it needs. */
@Command(name = "core", description = "The core of OneCard.", mixinStandardHelpOptions = true, subcommands = {
    ServeCommand.class, KeysCommand.class, PersonaliseCommand.class, CertsCommand.class, RegisterCommand.class})
public final class Main {
    private Main() {}

    /** Runs a command and exits: 0 done, 1 it could not be done, 2 wrongly called. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs a command.
     *
     *  @return its exit code */
    static int run(String... args) {
        CommandLine line = new CommandLine(new Main());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof KeysUnavailable || failure instanceof RegistrationFailed
                    || failure instanceof DatabaseUnavailable || failure instanceof OperationFailed) {
                command.getErr().println("onecard core: " + failure.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw failure;
        });
        return line.execute(args);
    }
}
