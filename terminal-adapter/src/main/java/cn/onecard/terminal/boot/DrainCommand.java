package cn.onecard.terminal.boot;

import cn.onecard.terminal.flow.Progress;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code terminal drain}: what the spool holds goes to the core. */
@Command(name = "drain", description = "Sends what the spool holds and ends when the core has answered for all of it.",
        mixinStandardHelpOptions = true)
final class DrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();   // this and all below: written by picocli
    @Mixin
    private DataOption data = new DataOption();
    @Mixin
    private CoreOptions core = new CoreOptions();
    @Option(names = "--progress", description = "say how far it is as JSON lines on stdout")
    private boolean showProgress;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Progress progress = showProgress ? new JsonProgress(out) : (_, _, _) -> { };
        try (OpenSpool opened = OpenSpool.open(data.spool());
                CoreLink link = CoreLink.open(core.address(data.folder()), opened.spool(), data.spool(), core.patience())) {
            link.corridor().drain(progress);
            link.corridor().outcomes().forEach((outcome, count) -> out.printf("%-10s %d%n", outcome, count));
        }
        return 0;
    }
}
