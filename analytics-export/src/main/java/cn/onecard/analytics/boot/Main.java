package cn.onecard.analytics.boot;

import cn.onecard.analytics.flow.NotSettled;
import cn.onecard.analytics.publish.ReleaseRefused;
import cn.onecard.sql.DatabaseUnavailable;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./onecard extract}: the statistics of settled days. */
@Command(name = "extract", mixinStandardHelpOptions = true, description = "Publishes the statistics of settled days and serves them to analysts.",
        subcommands = {PublishCommand.class, ListCommand.class, ServeCommand.class, TokenCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    /** The Parquet reader tells on every start which processor features it found. Held, lest the setting be collected. */
    private static final Logger READER_LOG = Logger.getLogger("dev.hardwood");

    /** Runs one command; 0 if it did what it was asked, 1 if it could not, 2 if it was asked wrongly. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        READER_LOG.setLevel(Level.WARNING);
        return new CommandLine(new Main())
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof NotSettled || failure instanceof ReleaseRefused || failure instanceof DatabaseUnavailable
                            || failure instanceof IOException || failure instanceof IllegalArgumentException) {
                        command.getErr().println(failure.getMessage());
                        return 1;
                    }
                    throw failure;
                })
                .execute(args);
    }
}
