package cn.onecard.terminal.boot;

import cn.onecard.terminal.flow.Play;
import cn.onecard.terminal.flow.PlayReport;
import cn.onecard.terminal.flow.Progress;
import cn.onecard.terminal.spool.Spool;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code terminal play}: a city's plan at virtual terminals. */
@Command(name = "play", description = "Plays DIR/city/plan.csv at virtual terminals, with virtual cards, and carries the taps to the core.",
        mixinStandardHelpOptions = true)
final class PlayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();   // this and all below: written by picocli
    @Mixin
    private DataOption data = new DataOption();
    @Mixin
    private CoreOptions core = new CoreOptions();
    @Option(names = "--no-uplink", description = "tap only: the spool keeps the taps for a later 'drain'")
    private boolean noUplink;
    @Option(names = "--progress", description = "say how far it is as JSON lines on stdout")
    private boolean showProgress;
    @Option(names = "--report", paramLabel = "FILE", description = "write what it came to as JSON")
    private Optional<Path> report = Optional.empty();

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Progress progress = showProgress ? new JsonProgress(out) : (_, _, _) -> { };
        try (OpenSpool opened = OpenSpool.open(data.spool())) {
            PlayReport result = play(opened.spool(), progress);
            String json = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(result.json());
            if (report.isPresent()) {
                Files.writeString(report.get(), json + "\n");
            }
            if (!showProgress) {
                out.println(json);
            }
        }
        return 0;
    }

    private PlayReport play(Spool spool, Progress progress) throws Exception {
        Play play = new Play(data.folder(), spool, progress);
        if (noUplink) {
            return play.run(Optional.empty());
        }
        try (CoreLink link = CoreLink.open(core.address(data.folder()), spool, data.spool(), core.patience())) {
            return play.run(Optional.of(link.corridor()));
        }
    }
}
