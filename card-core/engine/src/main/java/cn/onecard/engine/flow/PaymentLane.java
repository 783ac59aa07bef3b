package cn.onecard.engine.flow;

import cn.onecard.engine.order.NotDone;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentRequest;
import cn.onecard.engine.order.PaymentShard;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lane of the payment corridor: one thread, one shard, a bounded queue. It takes what has come, does it in one commit, answers,
 *  and never waits for more, as the lanes of the taps do. */
final class PaymentLane implements Runnable {
    /** Requests that wait for a lane; the next one has to wait outside. */
    static final int QUEUE_CAPACITY = 8_192;
    private static final int REQUESTS_AT_ONCE = 256;
    private static final long IDLE_POLL_MILLIS = 100;
    private static final Logger LOG = LoggerFactory.getLogger(PaymentLane.class);

    private final PaymentShard shard;
    private final BlockingQueue<Handed> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);
    private final Thread thread;
    private volatile boolean stopping;      // written by stop()

    /** A request on its way through the lane. */
    private record Handed(PaymentRequest request, CompletableFuture<PaymentAnswer> answer) {}

    private PaymentLane(PaymentShard shard) {
        this.shard = shard;
        this.thread = Thread.ofPlatform().daemon().name("lane-" + shard.name()).unstarted(this);
    }

    /** Opens a lane. */
    static PaymentLane open(PaymentShard shard, MeterRegistry registry) {
        PaymentLane lane = new PaymentLane(shard);
        Gauge.builder("onecard.queue.payments", lane.queue, BlockingQueue::size).description("payment requests that wait for a lane")
                .tag("lane", shard.name()).register(registry);
        lane.thread.start();
        return lane;
    }

    /** Waits for room if there is none.
     *
     *  @return completed when the request is committed, or fails if nobody knows whether it is */
    CompletableFuture<PaymentAnswer> put(PaymentRequest request) throws InterruptedException {
        CompletableFuture<PaymentAnswer> answer = new CompletableFuture<>();
        queue.put(new Handed(request, answer));
        return answer;
    }

    /** Takes what waits and then ends. */
    void stop() {
        stopping = true;
    }

    /** Waits for the end; after the time given, what is not committed is not answered. */
    void close(Duration patience) throws InterruptedException {
        if (!thread.join(patience)) {
            shard.abandon();
            thread.interrupt();
            thread.join();
        }
    }

    @Override
    public void run() {
        List<Handed> some = new ArrayList<>();
        try {
            while (gather(some)) {
                walk(List.copyOf(some));
                some.clear();
            }
        } catch (InterruptedException e) {
            queue.drainTo(some);
            some.forEach(handed -> handed.answer().completeExceptionally(e));
        }
    }

    private boolean gather(List<Handed> some) throws InterruptedException {
        Handed next = queue.poll(IDLE_POLL_MILLIS, TimeUnit.MILLISECONDS);
        while (next == null) {
            if (stopping) {
                return false;
            }
            next = queue.poll(IDLE_POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
        some.add(next);
        queue.drainTo(some, REQUESTS_AT_ONCE - 1);
        return true;
    }

    /** Takes requests to the accounts. One that meets a defect fails alone. */
    private void walk(List<Handed> some) throws InterruptedException {
        try {
            List<PaymentAnswer> answers = shard.run(some.stream().map(Handed::request).toList());
            for (int i = 0; i < some.size(); i++) {
                some.get(i).answer().complete(answers.get(i));
            }
        } catch (NotDone unknown) {
            some.forEach(handed -> handed.answer().completeExceptionally(unknown));
        } catch (RuntimeException defect) {
            if (some.size() == 1) {
                LOG.error("a payment request met a defect; it is not answered", defect);
                some.getFirst().answer().completeExceptionally(defect);
                return;
            }
            for (Handed one : some) {
                walk(List.of(one));
            }
        }
    }
}
