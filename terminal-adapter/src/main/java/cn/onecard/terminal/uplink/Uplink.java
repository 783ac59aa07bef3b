package cn.onecard.terminal.uplink;

import cn.onecard.terminal.spool.Spool;
import cn.onecard.terminal.spool.SpoolReader;
import cn.onecard.terminal.spool.SpooledTap;
import cn.onecard.vocabulary.TapOutcome;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the spool flowing to the core for as long as it is open, however often the core goes away.
 *
 *  <p>One thread of its own does everything in turn: it fills the window from the spool, waits for an event, takes the answers.
 *  Each stream begins with the first tap that is not acknowledged, so what was sent on a broken stream is sent again and the
 *  core answers that it has it already. */
public final class Uplink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);

    private final CoreAddress core;
    private final UplinkSettings settings;
    private final Spool spool;
    private final RefusalLog refusals;
    private final Vertx vertx;
    private final Backoff backoff;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Map<TapOutcome, Long> outcomes = new EnumMap<>(TapOutcome.class);   // guarded by this
    private volatile BlockingQueue<UplinkEvent> events = new LinkedBlockingQueue<>();   // of the present stream; written by carry
    private long answered;                      // guarded by this, written by take
    private @Nullable IOException failure;      // guarded by this, written by fail

    private Uplink(Vertx vertx, CoreAddress core, UplinkSettings settings, Spool spool, RefusalLog refusals) {
        this.core = core;
        this.settings = settings;
        this.spool = spool;
        this.refusals = refusals;
        this.vertx = vertx;
        this.backoff = new Backoff(settings.firstPause(), settings.longestPause(), new SplittableRandom());
        this.thread = Thread.ofPlatform().name("uplink").unstarted(this::run);
    }

    /** Begins to carry. */
    public static Uplink start(Vertx vertx, CoreAddress core, UplinkSettings settings, Spool spool, RefusalLog refusals) {
        Uplink uplink = new Uplink(vertx, core, settings, spool, refusals);
        spool.onSettled(uplink::wake);
        uplink.thread.start();
        return uplink;
    }

    /** Waits until the spool is empty and every tap in it answered for.
     *
     *  @param quiet how long it may go without an answer
     *  @return whether it is; false if no answer came for so long
     *  @throws IOException if the spool cannot be read */
    public synchronized boolean awaitDrained(Duration quiet) throws IOException, InterruptedException {
        long seen = answered;
        long deadline = System.nanoTime() + quiet.toNanos();
        while (spool.waiting() > 0) {
            if (failure != null) {
                throw new IOException("the uplink has stopped", failure);
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
            if (answered != seen) {
                seen = answered;
                deadline = System.nanoTime() + quiet.toNanos();
            }
        }
        return true;
    }

    /** How many taps the core has answered for, by what became of them. */
    public synchronized Map<TapOutcome, Long> outcomes() {
        return new EnumMap<>(outcomes);
    }

    /** Stops. What is not answered stays in the spool. */
    @Override
    public void close() {
        stop.countDown();
        events.add(new UplinkEvent.Woken());
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void wake() {
        if (!woken.getAndSet(true)) {
            events.add(new UplinkEvent.Woken());
        }
    }

    private boolean isStopping() {
        return stop.getCount() == 0;
    }

    private void run() {
        try {
            while (!isStopping()) {
                try {
                    carry();
                } catch (StreamBroken broken) {
                    Duration pause = backoff.next();
                    LOG.atWarn().addKeyValue("waiting", spool.waiting()).addKeyValue("pauseMillis", pause.toMillis())
                            .log(String.valueOf(broken.getMessage()));
                    stop.await(pause.toNanos(), TimeUnit.NANOSECONDS);
                }
            }
        } catch (IOException e) {
            fail(e);
        } catch (InterruptedException e) {
            fail(new IOException("the uplink was interrupted", e));
        } catch (RuntimeException defect) {   // the boundary of this thread: whoever waits for it learns of it
            fail(new IOException("the uplink failed", defect));
        }
    }

    /** One stream, from the first tap that is not acknowledged until it breaks or the uplink stops. */
    private void carry() throws StreamBroken, IOException, InterruptedException {
        BlockingQueue<UplinkEvent> mine = new LinkedBlockingQueue<>();   // a late event of an earlier stream does not get here
        events = mine;
        try (CoreStream stream = CoreStream.open(vertx, core, mine::add)) {
            Window window = new Window(settings.windowBatches());
            SpoolReader reader = spool.reader();
            long lastAnswer = System.nanoTime();
            while (!isStopping()) {
                if (window.isEmpty()) {
                    lastAnswer = System.nanoTime();
                }
                fill(window, reader, stream);
                Optional<UplinkEvent> event = next(mine, window, lastAnswer);
                if (event.isEmpty()) {
                    throw new StreamBroken("the core has not answered for " + settings.answerTimeout());
                }
                switch (event.get()) {
                    case UplinkEvent.Acknowledged acknowledged -> {
                        for (Window.Answered batch : window.accept(acknowledged.ack())) {
                            take(batch);
                        }
                        stream.fetch();
                        lastAnswer = System.nanoTime();
                        backoff.reset();
                    }
                    case UplinkEvent.Broken broken -> throw broken.cause();
                    case UplinkEvent.Woken _ -> { }
                }
            }
        }
    }

    private void fill(Window window, SpoolReader reader, CoreStream stream) throws IOException, StreamBroken {
        woken.set(false);   // before the spool is read: what is appended from here on wakes again
        while (!window.isFull()) {
            List<SpooledTap> taps = reader.take(settings.batchTaps());
            if (taps.isEmpty()) {
                return;
            }
            stream.send(window.add(taps));
        }
    }

    private Optional<UplinkEvent> next(BlockingQueue<UplinkEvent> queue, Window window, long lastAnswer) throws InterruptedException {
        if (window.isEmpty()) {
            return Optional.of(queue.take());
        }
        long left = settings.answerTimeout().toNanos() - (System.nanoTime() - lastAnswer);
        return Optional.ofNullable(queue.poll(left, TimeUnit.NANOSECONDS));
    }

    /** The refusals first: a line that stands twice is better than one that is missing. */
    private synchronized void take(Window.Answered batch) throws IOException {
        refusals.write(batch.answers());
        spool.acknowledge(batch.lastSequence(), batch.answers().size());
        batch.answers().forEach(answer -> outcomes.merge(answer.outcome(), 1L, Long::sum));
        answered += batch.answers().size();
        notifyAll();
    }

    private synchronized void fail(IOException cause) {
        LOG.atError().setCause(cause).log("the uplink stops");
        failure = cause;
        notifyAll();
    }
}
