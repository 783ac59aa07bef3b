package cn.onecard.engine.boot;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Ends a version of keys. */
@Command(name = "retire", description = {"Ends a version: taps dated on that day or later are suspect (KEY_VERSION_RETIRED), and its cards are not loaded.",
    "Called again, it sets another day."}, mixinStandardHelpOptions = true)
final class KeysRetireCommand implements Callable<Integer> {
    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Option(names = "--version", required = true, paramLabel = "N", description = "the version")
    private int version;        // written by picocli

    @Option(names = "--from", required = true, paramLabel = "DATE", description = "first day on which it is good no more, for example 2027-06-01")
    private LocalDate from = LocalDate.MAX;     // written by picocli

    @Override
    public Integer call() throws IOException {
        data.fullKeeper().retire(version, from);
        PrintWriter out = spec.commandLine().getOut();
        out.println("version " + version + " is retired from " + from + " on");
        KeysCommand.print(data, out);
        return 0;
    }
}
