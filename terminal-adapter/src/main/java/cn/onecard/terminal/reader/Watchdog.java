package cn.onecard.terminal.reader;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Raises the alarm over cards that do not answer. A thread of its own looks at all links a few times within the limit, so
 *  an APDU costs two writes of a field. */
final class Watchdog implements AutoCloseable {
    private final ReaderSettings settings;
    private final Set<Watched> links = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("reader-watchdog").unstarted(task));

    Watchdog(ReaderSettings settings) {
        this.settings = settings;
        long period = Math.max(1, settings.muteLimit().toMillis() / 4);
        var _ = thread.scheduleWithFixedDelay(this::look, period, period, TimeUnit.MILLISECONDS);
    }

    Watched watch(String reader) {
        Watched watched = new Watched(reader);
        links.add(watched);
        return watched;
    }

    void forget(Watched watched) {
        links.remove(watched);
    }

    private void look() {
        long now = System.nanoTime();
        for (Watched watched : links) {
            Exchange exchange = watched.running;
            if (exchange != null && !exchange.reported && now - exchange.startNanos >= settings.muteLimit().toNanos()) {
                exchange.reported = true;
                settings.alarm().mute(watched.reader, Duration.ofNanos(now - exchange.startNanos));
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** What the watchdog knows of one link. */
    static final class Watched {
        private final String reader;
        /** The APDU under way; written by the link's thread, read by the watchdog's. */
        private volatile @Nullable Exchange running;

        private Watched(String reader) {
            this.reader = reader;
        }

        void begin() {
            running = new Exchange(System.nanoTime());
        }

        void end() {
            running = null;
        }
    }

    /** One APDU under way. */
    private static final class Exchange {
        private final long startNanos;
        /** Written and read by the watchdog's thread only. */
        private boolean reported;

        private Exchange(long startNanos) {
            this.startNanos = startNanos;
        }
    }
}
