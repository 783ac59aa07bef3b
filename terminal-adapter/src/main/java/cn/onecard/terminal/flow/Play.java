package cn.onecard.terminal.flow;

import cn.onecard.terminal.card.CardRefused;
import cn.onecard.terminal.reader.ReaderFault;
import cn.onecard.terminal.reader.ReaderSettings;
import cn.onecard.terminal.reader.Readers;
import cn.onecard.terminal.sim.SimReaders;
import cn.onecard.terminal.spool.Spool;
import cn.onecard.terminal.tap.ProvisionalStore;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TerminalId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Plays a city's plan at virtual terminals: every act goes from a virtual card through the reader, the card commands, the PSAM
 *  and the spool to the core, as at a real terminal. Each terminal is a thread; they wait for one another only where the same
 *  card is tapped. */
public final class Play {
    private static final long BETWEEN_REPORTS_MILLIS = 200;

    private final Path data;
    private final Spool spool;
    private final Progress progress;

    /** A play of the city under a data folder, into a spool. */
    public Play(Path data, Spool spool, Progress progress) {
        this.data = data;
        this.spool = spool;
        this.progress = progress;
    }

    /** Plays the plan once and, if there is a core, waits until it has answered for everything.
     *
     *  @throws IOException if the city cannot be read, or its state not kept
     *  @throws PlayFailed if a terminal cannot go on
     *  @throws SpoolToCore.CoreSilent if the core says nothing for too long */
    public PlayReport run(Optional<SpoolToCore> core) throws IOException, InterruptedException, PlayFailed, SpoolToCore.CoreSilent {
        long start = System.nanoTime();
        Plan plan = Plan.read(data.resolve("city"));
        SimCity city = SimCity.read(data);
        PlayTally tally = new PlayTally(plan.size());
        Money opening = city.balance();
        try {
            tapAll(plan, city, tally);
        } finally {
            city.save();   // the cards have been debited, whatever happened to the rest
        }
        if (core.isPresent()) {
            core.get().drain(progress);
        }
        return new PlayReport(tally, core.map(SpoolToCore::outcomes).orElse(Map.of()), opening, city.balance(), System.nanoTime() - start);
    }

    private void tapAll(Plan plan, SimCity city, PlayTally tally) throws InterruptedException, PlayFailed {
        SimReaders devices = new SimReaders();
        try (Readers readers = devices.readers(ReaderSettings.standard());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> lanes = new ArrayList<>();
            try {
                for (Map.Entry<TerminalId, List<Act>> one : plan.byTerminal().entrySet()) {
                    TerminalId psam = one.getKey();
                    Lane.Slots slots = new Lane.Slots(devices.add("pad " + psam), devices.add("psam " + psam));
                    Lane lane = Lane.open(city, psam, slots, readers, new Lane.Outlets(spool, tally));
                    lanes.add(threads.submit(() -> perform(lane, one.getValue())));
                }
                for (Future<Void> lane : lanes) {
                    await(lane, tally, plan.size());
                }
            } catch (ReaderFault | CardRefused | IllegalArgumentException e) {
                throw new PlayFailed("a terminal cannot be switched on: " + e.getMessage(), e);
            } finally {
                lanes.forEach(lane -> lane.cancel(true));
            }
        }
        progress.at("taps", tally.done(), plan.size());
    }

    private static Void perform(Lane lane, List<Act> acts) throws InterruptedException, ProvisionalStore.Unavailable {
        try (lane) {
            for (Act act : acts) {
                lane.perform(act);
            }
            return null;
        }
    }

    private void await(Future<Void> lane, PlayTally tally, int all) throws InterruptedException, PlayFailed {
        while (!lane.isDone()) {
            try {
                lane.get(BETWEEN_REPORTS_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException busy) {
                progress.at("taps", tally.done(), all);
            } catch (ExecutionException failed) {
                throw new PlayFailed("a terminal stopped: " + failed.getMessage(), failed);
            }
        }
    }

    /** The plan cannot be played to its end. */
    public static final class PlayFailed extends Exception {
        private static final long serialVersionUID = 1;

        PlayFailed(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
