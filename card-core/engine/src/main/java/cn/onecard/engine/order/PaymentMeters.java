package cn.onecard.engine.order;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The figures of all payment shards together. */
final class PaymentMeters {
    private final Counter done;
    private final Counter refused;
    private final Timer commit;
    private final DistributionSummary batch;

    PaymentMeters(MeterRegistry registry) {
        done = answers("DONE", registry);
        refused = answers("REFUSED", registry);
        commit = Timer.builder("onecard.payments.commit").description("time of a commit of payments, from connection to answer")
                .publishPercentiles(0.5, 0.99).register(registry);
        batch = DistributionSummary.builder("onecard.payments.batch").description("payment requests in a commit")
                .publishPercentiles(0.5, 0.99).register(registry);
    }

    void committed(List<PaymentAnswer> answers, long nanos) {
        commit.record(nanos, TimeUnit.NANOSECONDS);
        batch.record(answers.size());
        int yes = (int) answers.stream().filter(PaymentAnswer.Done.class::isInstance).count();
        done.increment(yes);
        refused.increment(answers.size() - yes);
    }

    private static Counter answers(String outcome, MeterRegistry registry) {
        return Counter.builder("onecard.payments").description("payment requests answered").tag("outcome", outcome).register(registry);
    }
}
