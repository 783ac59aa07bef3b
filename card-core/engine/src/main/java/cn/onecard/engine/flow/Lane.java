package cn.onecard.engine.flow;

import cn.onecard.engine.post.NotPosted;
import cn.onecard.engine.post.Posted;
import cn.onecard.engine.post.Posting;
import cn.onecard.engine.post.Shard;
import cn.onecard.engine.receive.ReceivedTap;
import cn.onecard.engine.reply.Receipts;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lane of the corridor: one thread, one shard, and a line of gateways that take turns. What waits in it is bounded by what
 *  {@code ReceiveLimits} lets in.
 *
 *  <p>It takes what has come, at most some {@link #TAPS_AT_ONCE} taps, judges it together and commits it together. It never waits
 *  for more: what comes meanwhile is the next commit, so that a lonely tap is committed when it comes, and commits grow with the
 *  load by themselves. */
final class Lane implements Runnable {
    /** Taps after which a lane takes no more batches at once. */
    private static final int TAPS_AT_ONCE = 1_024;
    private static final long IDLE_POLL_MILLIS = 100;
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final Shard shard;
    private final Judge judge;
    private final Turns turns = new Turns();
    private final Thread thread;
    private volatile boolean stopping;      // written by stop()

    /** Says what is to be written for taps. */
    interface Judge {
        /** One posting a tap, in order. */
        List<Posting> judge(List<ReceivedTap> taps) throws InterruptedException;
    }

    private Lane(Shard shard, Judge judge) {
        this.shard = shard;
        this.judge = judge;
        this.thread = Thread.ofPlatform().daemon().name("lane-" + shard.name()).unstarted(this);
    }

    /** Opens a lane. */
    static Lane open(Shard shard, Judge judge, MeterRegistry registry) {
        Lane lane = new Lane(shard, judge);
        Gauge.builder("onecard.queue.taps", lane, Lane::taps).description("taps that wait for a lane").tag("lane", shard.name()).register(registry);
        lane.thread.start();
        return lane;
    }

    /** Hands a batch in. Its answer is completed when the batch is committed, or fails if nobody knows whether it is. */
    void put(Handed handed) {
        turns.add(handed);
    }

    /** Taps that wait. */
    int taps() {
        return turns.taps();
    }

    /** Takes what waits and then ends. */
    void stop() {
        stopping = true;
    }

    /** Waits for the end; after the time given, what is not committed is not acknowledged. */
    void close(Duration patience) throws InterruptedException {
        if (!thread.join(patience)) {
            shard.abandon();
            thread.interrupt();
            thread.join();
        }
    }

    @Override
    public void run() {
        List<Handed> some = List.of();
        try {
            while (!some.isEmpty() || !stopping) {
                some = turns.take(TAPS_AT_ONCE, IDLE_POLL_MILLIS);
                if (!some.isEmpty()) {
                    walk(some);
                }
            }
        } catch (InterruptedException e) {
            some.forEach(handed -> handed.answer().completeExceptionally(e));
            turns.takeAll().forEach(handed -> handed.answer().completeExceptionally(e));
        }
    }

    /** Takes batches to the journal. A batch that meets a defect fails alone. */
    private void walk(List<Handed> some) throws InterruptedException {
        try {
            List<ReceivedTap> taps = some.size() == 1 ? some.getFirst().batch().taps()
                    : some.stream().flatMap(handed -> handed.batch().taps().stream()).toList();
            answer(some, shard.post(judge.judge(taps)));
        } catch (NotPosted unknown) {
            some.forEach(handed -> handed.answer().completeExceptionally(unknown));
        } catch (RuntimeException defect) {
            if (some.size() == 1) {
                LOG.error("a batch met a defect; it is not acknowledged", defect);
                some.getFirst().answer().completeExceptionally(defect);
                return;
            }
            for (Handed one : some) {
                walk(List.of(one));
            }
        }
    }

    private static void answer(List<Handed> some, List<Posted> posted) {
        int at = 0;
        for (Handed handed : some) {
            int end = at + handed.batch().taps().size();
            handed.answer().complete(Receipts.of(handed.batch().batchNo(), posted.subList(at, end)));
            at = end;
        }
    }
}
