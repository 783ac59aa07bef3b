package cn.onecard.terminal.boot;

import cn.onecard.terminal.flow.SimChips;
import cn.onecard.terminal.reader.Reader;
import cn.onecard.terminal.reader.ReaderSettings;
import cn.onecard.terminal.reader.Readers;
import cn.onecard.terminal.sim.SimReaders;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code terminal readers}: which readers there are. */
@Command(name = "readers", description = "Lists the card readers and whether a card is in them.", mixinStandardHelpOptions = true)
final class ReadersCommand implements Callable<Integer> {
    /** Whose readers. */
    enum Provider {
        /** The machine's PC/SC service. */
        PCSC,
        /** Virtual ones in this process, with a card and a PSAM of the city under the data folder. */
        SIM
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();   // this and all below: written by picocli
    @Mixin
    private DataOption data = new DataOption();
    @Option(names = "--provider", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})", defaultValue = "PCSC")
    private Provider provider = Provider.PCSC;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (Readers readers = open()) {
            List<Reader> all = readers.list();
            for (Reader reader : all) {
                out.printf("%-40s %s%n", reader.name(), reader.cardPresent() ? "card" : "empty");
            }
            if (all.isEmpty()) {
                out.println("no readers");
            }
        }
        return 0;
    }

    private Readers open() throws Exception {
        if (provider == Provider.PCSC) {
            return Readers.pcsc(ReaderSettings.standard());
        }
        SimReaders devices = new SimReaders();
        SimChips chips = SimChips.read(data.folder(), Optional.empty(), Optional.empty());
        devices.add("Virtual citizen reader").insert(chips.card());
        devices.add("Virtual PSAM reader").insert(chips.psam());
        return devices.readers(ReaderSettings.standard());
    }
}
