package cn.onecard.terminal.flow;

import cn.onecard.terminal.spool.Spool;
import cn.onecard.terminal.uplink.CoreAddress;
import cn.onecard.terminal.uplink.RefusalLog;
import cn.onecard.terminal.uplink.Uplink;
import cn.onecard.terminal.uplink.UplinkSettings;
import cn.onecard.vocabulary.TapOutcome;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** The corridor from the spool to the core: while it is open, what is in the spool is carried. */
public final class SpoolToCore implements AutoCloseable {
    private static final Duration BETWEEN_REPORTS = Duration.ofMillis(200);

    private final Spool spool;
    private final Uplink uplink;
    private final Duration patience;

    private SpoolToCore(Spool spool, Uplink uplink, Duration patience) {
        this.spool = spool;
        this.uplink = uplink;
        this.patience = patience;
    }

    /** Opens the corridor.
     *
     *  @param patience how long {@link #drain} goes on without any answer of the core */
    public static SpoolToCore open(Vertx vertx, CoreAddress core, Spool spool, RefusalLog refusals, Duration patience) {
        return new SpoolToCore(spool, Uplink.start(vertx, core, UplinkSettings.DEFAULT, spool, refusals), patience);
    }

    /** Waits until the core has answered for every tap in the spool.
     *
     *  @throws CoreSilent if the core says nothing for too long; the spool keeps what it has */
    public void drain(Progress progress) throws IOException, InterruptedException, CoreSilent {
        int all = spool.waiting();
        int left = all;
        long heard = System.nanoTime();
        while (!uplink.awaitDrained(BETWEEN_REPORTS)) {
            int now = spool.waiting();
            progress.at("drain", all - now, all);
            if (now != left) {
                left = now;
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > patience.toNanos()) {
                throw new CoreSilent("the core has not answered for " + patience.toSeconds() + " s; the spool keeps " + now + " taps");
            }
        }
        progress.at("drain", all, all);
    }

    /** How many taps the core has answered for, by what became of them. */
    public Map<TapOutcome, Long> outcomes() {
        return uplink.outcomes();
    }

    @Override
    public void close() {
        uplink.close();
    }

    /** The core did not answer for longer than anybody wanted to wait. */
    public static final class CoreSilent extends Exception {
        private static final long serialVersionUID = 1;

        CoreSilent(String message) {
            super(message);
        }
    }
}
