package cn.onecard.engine.flow;

import cn.onecard.engine.outbox.FollowUp;
import cn.onecard.engine.outbox.Partner;
import cn.onecard.engine.outbox.PartnerAnswer;
import cn.onecard.engine.outbox.PartnerMessage;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The line to one partner: so many calls at once and no more, a deadline for each, and a circuit breaker that leaves a dead partner
 *  in peace for a while. Every line has its own, so that one partner never waits for another. */
final class PartnerLine {
    private static final int WINDOW = 20;
    private static final Duration PEACE = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(PartnerLine.class);

    private final Partner partner;
    private final FollowUp followUp;
    private final Semaphore calls;
    private final CircuitBreaker breaker;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    PartnerLine(PartnerDesk.Terms terms, Clock clock) {
        this.partner = terms.partner();
        this.followUp = terms.followUp();
        this.calls = new Semaphore(terms.callsAtOnce());
        this.breaker = CircuitBreaker.of(partner.name(), CircuitBreakerConfig.custom().slidingWindowSize(WINDOW).minimumNumberOfCalls(WINDOW / 2)
                .waitDurationInOpenState(PEACE).clock(clock).build());
    }

    FollowUp followUp() {
        return followUp;
    }

    /** Where the messages of this partner are attended to. */
    ExecutorService threads() {
        return threads;
    }

    /** A call that may be made now. Exactly one of its methods ends it. */
    final class Permit {
        private final AtomicBoolean open = new AtomicBoolean(true);
        private final AtomicBoolean begun = new AtomicBoolean();

        /** Tells the partner to act. */
        PartnerAnswer act(PartnerMessage message) throws InterruptedException {
            return call(() -> partner.act(message));
        }

        /** Asks the partner. */
        PartnerAnswer ask(PartnerMessage message) throws InterruptedException {
            return call(() -> partner.ask(message));
        }

        /** Makes no call. */
        void release() {
            breaker.releasePermission();
            end();
        }

        private PartnerAnswer call(Verb verb) throws InterruptedException {
            long start = System.nanoTime();
            Future<PartnerAnswer> answer = threads.submit(() -> {
                begun.set(true);
                try {
                    if (Thread.interrupted()) {
                        throw new InterruptedException("its time was over before it began");
                    }
                    return verb.call();
                } finally {
                    end();      // a call that ignores its deadline keeps its place
                }
            });
            PartnerAnswer given = given(answer);
            long nanos = System.nanoTime() - start;
            if (given instanceof PartnerAnswer.Unknown || given instanceof PartnerAnswer.NotSent) {
                breaker.onError(nanos, TimeUnit.NANOSECONDS, new TimeoutException());
            } else {
                breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
            }
            return given;
        }

        private PartnerAnswer given(Future<PartnerAnswer> answer) throws InterruptedException {
            try {
                return answer.get(followUp.deadline().toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                answer.cancel(true);
                if (!begun.get()) {
                    end();
                }
                return new PartnerAnswer.Unknown("no answer within " + followUp.deadline().toMillis() + " ms");
            } catch (ExecutionException defect) {
                LOG.error("the connector of {} met a defect", partner.name(), defect.getCause());
                return new PartnerAnswer.Unknown("a defect of the connector");
            }
        }

        private void end() {
            if (open.compareAndSet(true, false)) {
                calls.release();
            }
        }
    }

    /** What is called. */
    private interface Verb {
        PartnerAnswer call() throws InterruptedException;
    }

    /** Whether a call may be made now.
     *
     *  @return empty if not: too many are under way, or the partner is left in peace */
    Optional<Permit> findPermit() {
        if (!calls.tryAcquire()) {
            return Optional.empty();
        }
        if (!breaker.tryAcquirePermission()) {
            calls.release();
            return Optional.empty();
        }
        return Optional.of(new Permit());
    }
}
