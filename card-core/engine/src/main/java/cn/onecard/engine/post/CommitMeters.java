package cn.onecard.engine.post;

import cn.onecard.vocabulary.TapOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The figures of all shards together. */
final class CommitMeters {
    private final Map<TapOutcome, Counter> taps = new EnumMap<>(TapOutcome.class);
    private final Timer commit;
    private final DistributionSummary batch;

    CommitMeters(MeterRegistry registry) {
        for (TapOutcome outcome : TapOutcome.values()) {
            taps.put(outcome, Counter.builder("onecard.taps").description("taps answered").tag("outcome", outcome.name()).register(registry));
        }
        commit = Timer.builder("onecard.commit").description("time of a commit, from connection to answer")
                .publishPercentiles(0.5, 0.99).register(registry);
        batch = DistributionSummary.builder("onecard.commit.taps").description("taps in a commit")
                .publishPercentiles(0.5, 0.99).register(registry);
    }

    void committed(List<Posted> posted, long nanos) {
        commit.record(nanos, TimeUnit.NANOSECONDS);
        batch.record(posted.size());
        Map<TapOutcome, Integer> counts = new EnumMap<>(TapOutcome.class);
        posted.forEach(one -> counts.merge(one.outcome(), 1, Integer::sum));
        taps.forEach((outcome, counter) -> counter.increment(counts.getOrDefault(outcome, 0)));
    }
}
