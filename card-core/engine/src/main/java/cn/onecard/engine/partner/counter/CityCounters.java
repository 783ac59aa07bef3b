package cn.onecard.engine.partner.counter;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** All counters of a city on a day. A person does one errand after the other; many persons are at it at once. */
public final class CityCounters {
    private final Map<String, Counter> byCaller;
    private final int persons;

    /** The counters.
     *
     *  @param lines of each caller, by its name
     *  @param persons how many are served at once
     *  @param patience how long an errand may take */
    public CityCounters(Map<String, ApiLine> lines, int persons, Duration patience, Clock clock) {
        this.byCaller = lines.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> new Counter(entry.getValue(), patience, clock)));
        this.persons = persons;
    }

    /** Does all errands, those of one card in their order.
     *
     *  @param progress told of done and of how many
     *  @throws IOException if OneCard cannot be reached */
    public List<Outcome> serve(List<Errand> errands, BiConsumer<Long, Long> progress) throws IOException, InterruptedException {
        Map<String, List<Errand>> byCard = errands.stream().collect(Collectors.groupingBy(Errand::cardNo));
        List<Outcome> outcomes = new ArrayList<>();
        Semaphore places = new Semaphore(persons, true);
        AtomicLong done = new AtomicLong();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Runnable served = () -> progress.accept(done.incrementAndGet(), (long) errands.size());
            List<Future<List<Outcome>>> all = byCard.values().stream().map(card -> threads.submit(() -> serve(card, places, served))).toList();
            for (Future<List<Outcome>> one : all) {
                outcomes.addAll(one.get());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException unreachable) {
                throw new IOException("OneCard's interface does not answer", unreachable);
            }
            throw new IllegalStateException(e.getCause());
        }
        return outcomes;
    }

    private List<Outcome> serve(List<Errand> card, Semaphore places, Runnable served) throws IOException, InterruptedException {
        places.acquire();
        try {
            return serve(card, served);
        } finally {
            places.release();
        }
    }

    private List<Outcome> serve(List<Errand> card, Runnable served) throws IOException, InterruptedException {
        Map<String, Outcome> outcomes = new HashMap<>();
        List<Outcome> inOrder = new ArrayList<>();
        for (Errand errand : card) {
            Counter counter = byCaller.get(errand.caller());
            Outcome outcome = counter == null ? Outcome.not(errand, "NO_SUCH_COUNTER") : counter.serve(errand, earlier(errand, outcomes));
            outcomes.put(errand.key(), outcome);
            inOrder.add(outcome);
            served.run();
        }
        return inOrder;
    }

    /** What an errand takes back; if nobody did that, nothing was. */
    private static Optional<Outcome> earlier(Errand errand, Map<String, Outcome> outcomes) {
        return errand.earlier().isEmpty() ? Optional.empty()
                : Optional.of(outcomes.getOrDefault(errand.earlier(), Outcome.not(errand, "NEVER_ASKED")));
    }
}
