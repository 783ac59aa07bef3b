package cn.onecard.terminal.boot;

import cn.onecard.terminal.reader.Readers;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./onecard terminal}: card readers, by hand and by plan. */
@Command(name = "terminal", description = "Card readers: look at them, tap cards, carry taps to the core.",
        mixinStandardHelpOptions = true,
        subcommands = {ReadersCommand.class, ReadCommand.class, TapCommand.class, PlayCommand.class, DrainCommand.class, HotlistCommand.class, SimCardCommand.class})
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs one command.
     *
     *  @return the exit code: 0 done, 1 failed with one line on stderr, 2 not understood */
    static int run(String... arguments) {
        // The JDK reads these once, at the first connect; while they are not false it may change the amount of a debit.
        System.setProperty(Readers.T0_GET_RESPONSE, "false");
        System.setProperty(Readers.T1_GET_RESPONSE, "false");
        CommandLine line = new CommandLine(new Main());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, _) -> {
            if (failure instanceof RuntimeException defect) {
                throw defect;
            }
            command.getErr().println("terminal " + command.getCommandName() + ": " + failure.getMessage());
            return 1;
        });
        return line.execute(arguments);
    }
}
