package cn.onecard.terminal.boot;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./onecard terminal}: card readers, by hand and by plan. */
@Command(name = "terminal", description = "Card readers: look at them, tap cards, carry taps to the core.",
        mixinStandardHelpOptions = true,
        subcommands = {ReadersCommand.class, ReadCommand.class, TapCommand.class, PlayCommand.class, DrainCommand.class, HotlistCommand.class, SimCardCommand.class,
            SoakCommand.class})
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs one command.
     *
     *  @return the exit code: 0 done, 1 failed with one line on stderr, 2 not understood */
    static int run(String... arguments) {
        return line().execute(arguments);
    }

    /** All commands. */
    static CommandLine line() {
        CommandLine line = new CommandLine(new Main());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, _) -> {
            if (failure instanceof RuntimeException defect) {
                throw defect;
            }
            command.getErr().println("terminal " + command.getCommandName() + ": " + failure.getMessage());
            return 1;
        });
        return line;
    }
}
