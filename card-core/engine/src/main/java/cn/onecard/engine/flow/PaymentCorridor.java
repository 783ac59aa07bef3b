package cn.onecard.engine.flow;

import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentRequest;
import cn.onecard.engine.order.Payments;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What happens to payment requests between their arrival and their answer: they share commits, as taps do.
 *
 *  <p><b>Lanes.</b> A card has its lane, so that what many ask of one account at once meets in one commit instead of waiting for
 *  each other's row locks. A request that only names an order goes by the order's number, for nobody knows the card before the row
 *  is read. That is for speed alone: what makes it right are the row locks, whatever lane or node asks. */
public final class PaymentCorridor {
    private final List<PaymentLane> lanes;

    private PaymentCorridor(List<PaymentLane> lanes) {
        this.lanes = lanes;
    }

    /** Opens a corridor with a lane a shard. */
    public static PaymentCorridor open(Payments payments, MeterRegistry registry) {
        return new PaymentCorridor(payments.shards().stream().map(shard -> PaymentLane.open(shard, registry)).toList());
    }

    /** Takes a request, waiting if too many are waiting already.
     *
     *  @return completed when what it says is committed, or fails if nobody knows whether it is; then the same request, sent again,
     *      gets the answer */
    public CompletableFuture<PaymentAnswer> take(PaymentRequest request) throws InterruptedException {
        int hash = switch (request) {
            case PaymentRequest.Opening opening -> opening.terms().account().cardNo().hashCode();
            case PaymentRequest.Change change -> change.order().hashCode();
        };
        return lanes.get(Math.floorMod(hash ^ hash >>> 16 ^ hash >>> 8, lanes.size())).put(request);
    }

    /** Ends the lanes when they have done what they have. What cannot be committed within the time is not answered. */
    public void close(Duration patience) throws InterruptedException {
        lanes.forEach(PaymentLane::stop);
        long until = System.nanoTime() + patience.toNanos();
        for (PaymentLane lane : lanes) {
            lane.close(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
        }
    }
}
