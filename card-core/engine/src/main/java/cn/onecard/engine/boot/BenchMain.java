package cn.onecard.engine.boot;

import cn.onecard.engine.bench.BenchFailed;
import cn.onecard.sql.DatabaseUnavailable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmarks of the core, each of which starts the programs that it measures. */
@Command(name = "bench", description = "Measures OneCard.", mixinStandardHelpOptions = true, subcommands = {
    BenchIngestCommand.class, BenchCrashCommand.class, BenchCrowdCommand.class, BenchPayCommand.class})
public final class BenchMain {
    private BenchMain() {}

    /** Runs a command and exits: 0 done, 1 it could not be done, 2 wrongly called. */
    public static void main(String[] args) {
        CommandLine line = new CommandLine(new BenchMain());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof BenchFailed || failure instanceof DatabaseUnavailable) {
                command.getErr().println("onecard bench: " + failure.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw failure;
        });
        System.exit(line.execute(args));
    }
}
