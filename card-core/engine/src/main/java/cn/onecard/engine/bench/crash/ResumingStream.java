package cn.onecard.engine.bench.crash;

import cn.onecard.engine.bench.Gateways;
import cn.onecard.engine.bench.TerminalLink;
import cn.onecard.wire.proto.BatchAck;
import cn.onecard.wire.proto.TapBatch;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A gateway's stream to one core, as long as its taps last. When the call breaks it connects anew, ever more slowly, and sends all
 *  that has no acknowledgement again, in order; what was acknowledged it has forgotten. Everything runs on one event loop, but for
 *  the future. */
final class ResumingStream {
    /** Batches without acknowledgement. */
    private static final int WINDOW = 8;
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 500;

    private final Vertx vertx;
    private final Context context;
    private final Gateways gateways;
    private final String gateway;
    private final Feed feed;
    private final Deque<SentBatch> toSend = new ArrayDeque<>();         // bounded by the feed
    private final Deque<Numbered> unacknowledged = new ArrayDeque<>();  // bounded by the window
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private @Nullable TerminalLink link;        // while the call stands
    private int attempt;                        // what an earlier attempt still says is passed over
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private long lastNumber;

    /** Makes a stream that is not connected yet.
     *
     *  @param gateways of the core that it goes to
     *  @param gateway who calls */
    ResumingStream(Vertx vertx, Context context, Gateways gateways, String gateway, Feed feed) {
        this.vertx = vertx;
        this.context = context;
        this.gateways = gateways;
        this.gateway = gateway;
        this.feed = feed;
    }

    /** Where batches come from and answers go. */
    interface Feed {
        /** Puts another batch into {@link #offer}, if there is to be one. */
        void more(ResumingStream asking);

        /** A batch went out, for the first time or again. */
        void sent(SentBatch batch);

        /** An acknowledgement came.
         *
         *  @param batch the oldest without one; empty if there was none */
        void acknowledged(Optional<SentBatch> batch, BatchAck ack);

        /** Whether there will be no more batches. */
        boolean isOver();
    }

    private record Numbered(long number, SentBatch batch) {}

    /** Connects and begins. */
    void start() {
        context.runOnContext(now -> connect());
    }

    /** Appends a batch. On the event loop. */
    void offer(SentBatch batch) {
        toSend.add(batch);
    }

    /** Batches that were never sent. On the event loop. */
    int backlog() {
        return toSend.size();
    }

    /** Sends what may be sent. */
    void wake() {
        context.runOnContext(now -> pump());
    }

    /** Complete when the feed is over and everything is acknowledged. */
    CompletableFuture<Void> done() {
        return done;
    }

    private void connect() {
        attempt++;
        int mine = attempt;
        gateways.connect(gateway, ack -> {
            if (mine == attempt) {
                acknowledged(ack);
            }
        }, broken -> {
            if (mine == attempt) {
                resume();
            }
        }).onSuccess(opened -> {
            if (mine == attempt) {
                begin(opened);
            } else {
                opened.close();
            }
        }).onFailure(refused -> {
            if (mine == attempt) {
                resume();
            }
        });
    }

    private void begin(TerminalLink opened) {
        link = opened;
        for (Numbered again : unacknowledged) {
            send(opened, again);
        }
        pump();
    }

    private void resume() {
        attempt++;
        if (link != null) {
            link.close();
            link = null;
        }
        vertx.setTimer(pauseMillis, fired -> connect());
        pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
    }

    private void pump() {
        while (link != null && unacknowledged.size() < WINDOW) {
            if (toSend.isEmpty()) {
                feed.more(this);
            }
            SentBatch next = toSend.poll();
            if (next == null) {
                break;
            }
            lastNumber++;
            Numbered numbered = new Numbered(lastNumber, next);
            unacknowledged.add(numbered);
            send(link, numbered);
        }
        if (feed.isOver() && toSend.isEmpty() && unacknowledged.isEmpty() && link != null) {
            attempt++;
            link.close();
            link = null;
            done.complete(null);
        }
    }

    private void send(TerminalLink to, Numbered numbered) {
        feed.sent(numbered.batch());
        to.send(TapBatch.newBuilder().setBatchNo(numbered.number()).addAllTaps(numbered.batch().messages()).build().toByteArray());
    }

    private void acknowledged(BatchAck ack) {
        pauseMillis = FIRST_PAUSE_MILLIS;
        Numbered oldest = unacknowledged.poll();
        feed.acknowledged(Optional.ofNullable(oldest).filter(own -> own.number() == ack.getBatchNo()).map(Numbered::batch), ack);
        pump();
    }
}
