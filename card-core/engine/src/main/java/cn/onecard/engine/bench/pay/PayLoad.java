package cn.onecard.engine.bench.pay;

import cn.onecard.engine.bench.BenchFailed;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Callers that pay one after the other: each sends the next payment when the answer to the one before has come. */
final class PayLoad {
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Does one payment, and waits until it is committed. */
    interface Desk {
        /** The answer to a request.
         *
         *  @param caller number of the caller, from 0 */
        PaymentAnswer pay(int caller, PaymentRequest request) throws InterruptedException, ExecutionException;
    }

    /** Makes payments. */
    interface Mill {
        /** The next payment of a caller.
         *
         *  @param caller number of the caller, from 0 */
        PaymentRequest next(int caller, SplittableRandom random);
    }

    /** What was measured.
     *
     *  @param captured payments within the time measured
     *  @param nanos the time measured
     *  @param latencies in nanoseconds */
    record Outcome(long captured, long nanos, Histogram latencies) {
        /** Captured payments a second. */
        long perSecond() {
            return captured * TimeUnit.SECONDS.toNanos(1) / Math.max(1, nanos);
        }
    }

    private PayLoad() {}

    /** Loads a desk with so many callers.
     *
     *  @param seed of who pays from which wallet
     *  @throws BenchFailed if a payment was refused or not answered */
    static Outcome run(Desk desk, Mill mill, int callers, int seconds, long seed) {
        long start = System.nanoTime();
        long end = start + TimeUnit.SECONDS.toNanos(seconds);
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Future<Histogram>> running = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                int number = caller;
                running.add(threads.submit(() -> payUntil(end, desk, mill, number, new SplittableRandom(seed + number))));
            }
            Histogram all = new Histogram(LONGEST_NANOS, 3);
            for (Future<Histogram> one : running) {
                all.add(one.get());
            }
            return new Outcome(all.getTotalCount(), System.nanoTime() - start, all);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BenchFailed failed ? failed : new BenchFailed("a payment failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailed("interrupted", e);
        }
    }

    private static Histogram payUntil(long end, Desk desk, Mill mill, int caller, SplittableRandom random) throws InterruptedException, ExecutionException {
        Histogram latencies = new Histogram(LONGEST_NANOS, 3);
        long now = System.nanoTime();
        while (now < end) {
            PaymentAnswer answer = desk.pay(caller, mill.next(caller, random));
            long then = System.nanoTime();
            latencies.recordValue(Math.min(LONGEST_NANOS, then - now));
            now = then;
            if (answer instanceof PaymentAnswer.Refused refused) {
                throw new BenchFailed("a payment was refused: " + refused.reason());
            }
        }
        return latencies;
    }
}
