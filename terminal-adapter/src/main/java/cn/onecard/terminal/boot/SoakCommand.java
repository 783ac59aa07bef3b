package cn.onecard.terminal.boot;

import cn.onecard.terminal.flow.Soak;
import cn.onecard.terminal.flow.SoakReport;
import cn.onecard.terminal.reader.ReaderFault;
import cn.onecard.terminal.reader.ReaderSettings;
import cn.onecard.terminal.reader.Readers;
import cn.onecard.terminal.sim.PrivatePcscd;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code terminal soak}: whether the way to the readers holds. */
@Command(name = "soak", description = {"Puts cards into the virtual readers of a PC/SC service of its own, uses them, snatches them and tears them",
    "away in the middle of a purchase, thousands of times in a row; then restarts the service. Needs the packages pcscd and vsmartcard-vpcd."},
        mixinStandardHelpOptions = true)
final class SoakCommand implements Callable<Integer> {
    private static final int QUICK_INSERTIONS = 300;
    private static final int MOST_BOOTHS = 2 * PrivatePcscd.MOST_PAIRS - 1;

    /** Whose javax.smartcardio provider. */
    enum Provider {
        /** The house's own. */
        OWN,
        /** The JDK's, to compare. */
        JDK
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();   // this and all below: written by picocli
    @Option(names = "--provider", defaultValue = "OWN", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Provider provider = Provider.OWN;
    @Option(names = "--insertions", defaultValue = "10000", paramLabel = "N", description = "how many (default: ${DEFAULT-VALUE}); one in ten is torn away")
    private int insertions;
    @Option(names = "--quick", description = QUICK_INSERTIONS + " insertions")
    private boolean quick;
    @Option(names = "--booths", defaultValue = MOST_BOOTHS + "", paramLabel = "N", description = "readers side by side, up to " + MOST_BOOTHS + " (default: ${DEFAULT-VALUE})")
    private int booths;
    @Option(names = "--report", paramLabel = "FILE", description = "write what it came to as JSON")
    private Optional<Path> report = Optional.empty();

    @Override
    public Integer call() throws Exception {
        if (booths < 1 || booths > MOST_BOOTHS || insertions < 1) {
            throw new ParameterException(spec.commandLine(), "--booths must be 1 to " + MOST_BOOTHS + ", --insertions at least 1");
        }
        Optional<String> missing = PrivatePcscd.missing();
        if (missing.isPresent()) {
            throw new IOException(missing.get());
        }
        try (PrivatePcscd service = PrivatePcscd.prepare(booths / 2 + 1)) {
            service.start();
            try (Readers readers = readers()) {
                SoakReport result = new Soak(service, readers).run(booths, quick ? QUICK_INSERTIONS : insertions);
                ObjectNode json = result.json().put("provider", provider.name().toLowerCase(Locale.ROOT));
                String text = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json);
                spec.commandLine().getOut().println(text);
                if (report.isPresent()) {
                    Files.writeString(report.get(), text + "\n");
                }
            }
        }
        return 0;
    }

    private Readers readers() throws ReaderFault {
        return switch (provider) {
            case OWN -> Readers.pcsc(ReaderSettings.standard());
            case JDK -> Readers.jdk(ReaderSettings.standard());
        };
    }
}
