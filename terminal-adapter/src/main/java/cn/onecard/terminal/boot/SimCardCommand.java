package cn.onecard.terminal.boot;

import cn.onecard.terminal.flow.SimChips;
import cn.onecard.terminal.sim.VpcdClient;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.TerminalId;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code terminal sim-card}: a virtual card and a virtual PSAM in the virtual readers of a real PC/SC service. */
@Command(name = "sim-card", description = {"Puts a card and a PSAM of the city into the virtual readers of the PC/SC service",
    "(package vsmartcard-vpcd) until Ctrl-C, so that 'readers', 'read' and 'tap' can be tried by hand."}, mixinStandardHelpOptions = true)
final class SimCardCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();   // this and all below: written by picocli
    @Mixin
    private DataOption data = new DataOption();
    @Option(names = "--card", paramLabel = "NUMBER", description = "which card (default: the first of cards.csv)")
    private Optional<String> card = Optional.empty();
    @Option(names = "--psam", paramLabel = "NUMBER", description = "which PSAM (default: the first of psams.csv)")
    private Optional<String> psam = Optional.empty();
    @Option(names = "--port", defaultValue = "35963", description = "port of the card's reader; the PSAM's is the next (default: ${DEFAULT-VALUE})")
    private int port;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        SimChips chips = SimChips.read(data.folder(), card.map(CardNo::ofDigits), psam.map(TerminalId::ofHex));
        CountDownLatch ended = new CountDownLatch(1);
        CountDownLatch saved = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(ended, saved), "end"));
        try (VpcdClient pad = VpcdClient.insert(chips.card(), port); VpcdClient slot = VpcdClient.insert(chips.psam(), port + 1)) {
            out.printf("Card %s is in the reader at port %d, PSAM %s in the one at port %d. Ctrl-C takes them out.%n",
                    chips.card().profile().cardNo(), port, chips.psam().terminal(), port + 1);
            out.flush();
            boolean stop = false;
            while (!stop && pad.isInserted() && slot.isInserted()) {
                stop = ended.await(200, TimeUnit.MILLISECONDS);
            }
        } finally {
            chips.save();
            saved.countDown();
        }
        return 0;
    }

    /** On Ctrl-C: lets the command take the chips out and keep their state before the process is gone. */
    private static void end(CountDownLatch ended, CountDownLatch saved) {
        ended.countDown();
        try {
            if (!saved.await(5, TimeUnit.SECONDS)) {
                System.err.println("sim-card: the state of card and PSAM was not kept");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
