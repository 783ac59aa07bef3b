package cn.onecard.engine.bench;

import cn.onecard.sql.Database;
import com.zaxxer.hikari.HikariDataSource;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Measures how many taps a second the core takes, against what the database takes without it. All lines of a round are
 *  measured one after the other, so that a machine that changes its mind during a run changes it for all of them. */
public final class IngestBench {
    private static final List<Integer> TERMINALS = List.of(64, 200);
    private static final int NAIVE_CONNECTIONS = 64;
    private static final int BATCH = 500;
    /** Taps of one naive round: a fiftieth of a bulk round, and it still takes longer. */
    private static final int NAIVE_PART = 50;
    /** The timetable asks for this share, in percent, of what the same terminals reached without one. */
    private static final int TIMETABLE_PERCENT = 85;
    private static final int LONELY_TAPS_PER_SECOND = 50;
    /** Taps made ahead for each second of single taps; more than can go through. */
    private static final int SINGLE_TAPS_PER_SECOND = 40_000;
    private static final List<Integer> GROWTH_CARDS = List.of(1_000_000, 5_000_000, 10_000_000);
    private static final int FIRST_FILL_GROUP = 128;

    private final BenchSettings settings;
    private final Consumer<String> progress;
    private final BenchCity city;
    private final IngestResult result = new IngestResult();
    private int group = 1;      // of the next rows that go straight into the table

    private IngestBench(BenchSettings settings, int run, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
        this.city = new BenchCity(run);
    }

    /** Measures everything that the settings ask for.
     *
     *  @param run any number; runs on one external database need different ones
     *  @param progress told in a few words what is under way
     *  @throws BenchFailed if something cannot be measured */
    public static IngestReport run(BenchSettings settings, int run, Consumer<String> progress) throws IOException {
        IngestBench bench = new IngestBench(settings, run, progress);
        progress.accept("preparing database, keys and " + settings.cards() + " cards");
        Rig rig = Rig.prepare(settings, bench.city);
        try {
            Machine machine = Machine.look(settings.data());
            Database database = rig.database();
            try (HikariDataSource pool = database.pool("bench", NAIVE_CONNECTIONS)) {
                bench.measure(rig, new JournalRows(pool, bench.city, settings.cards(), settings.businessDate()));
            }
            return new IngestReport(settings, bench.result, machine, Rig.version(database).orElse("unknown"));
        } finally {
            rig.stopDatabase();
        }
    }

    private void measure(Rig rig, JournalRows rows) throws IOException {
        rows.insertCards(0, settings.cards());
        Rig.RunningCore core = rig.startCore();
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            TerminalServerAddress address = new TerminalServerAddress(core.grpcPort(), rig.tls());
            TapMill mill = new TapMill(city, settings.cards(), settings.businessDate().day().atTime(12, 0));
            BulkLoad bulk = new BulkLoad(vertx, address);
            SingleLoad single = new SingleLoad(vertx, address);
            progress.accept("warming up");
            bulk(bulk, mill, settings.bulkTaps());
            rows.insertBatches(nextGroup(2), settings.bulkTaps() / 2);
            singles(single, mill, TERMINALS.getFirst());
            for (int round = 1; round <= settings.rounds(); round++) {
                progress.accept("round " + round + " of " + settings.rounds());
                round(core, rows, bulk, mill, single);
            }
            result.lonely().add(lonely(single, mill));
            result.peakMebibytes().add(CoreFigures.peakMebibytes(core.process().pid()));
            growth(rows, bulk, mill);
        } finally {
            Waiting.until(vertx.close().toCompletionStage().toCompletableFuture(), 10);
            rig.stop(core);
        }
    }

    private void round(Rig.RunningCore core, JournalRows rows, BulkLoad bulk, TapMill mill, SingleLoad single) throws IOException {
        result.ceiling().add(perSecond(settings.bulkTaps(), rows.insertBatches(nextGroup(2), settings.bulkTaps())));
        List<List<byte[]>> messages = batches(mill, settings.bulkTaps());
        CoreFigures before = CoreFigures.read(core);
        result.bulk().add(perSecond(settings.bulkTaps(), bulk.run(messages)));
        result.spent().add(CoreFigures.read(core).since(before));
        result.bulkTaps().add((long) settings.bulkTaps());
        int naive = settings.bulkTaps() / NAIVE_PART / NAIVE_CONNECTIONS * NAIVE_CONNECTIONS;
        result.naive().add(perSecond(naive, rows.insertOneByOne(nextGroup(1), naive, NAIVE_CONNECTIONS)));
        for (int terminals : TERMINALS) {
            result.single().computeIfAbsent(terminals, none -> new ArrayList<>()).add(singles(single, mill, terminals));
        }
    }

    private long bulk(BulkLoad bulk, TapMill mill, int taps) {
        return perSecond(taps, bulk.run(batches(mill, taps)));
    }

    private static List<List<byte[]>> batches(TapMill mill, int taps) {
        List<List<byte[]>> messages = new ArrayList<>();
        for (int gateway = 0; gateway < BenchCity.GATEWAYS; gateway++) {
            List<byte[]> own = new ArrayList<>();
            for (int number = 0; number < taps / BATCH / BenchCity.GATEWAYS; number++) {
                own.add(mill.batch(number, gateway, BATCH));
            }
            messages.add(own);
        }
        return messages;
    }

    private IngestResult.Single singles(SingleLoad single, TapMill mill, int terminals) {
        long measured = TimeUnit.SECONDS.toNanos(settings.singleSeconds());
        int each = SINGLE_TAPS_PER_SECOND * (settings.singleSeconds() + 1) / terminals;
        SingleLoad.Outcomes closed = single.run(messages(mill, terminals, each), new SingleLoad.Timetable(measured / 4, measured, 0));
        long interval = 1_000_000_000L * terminals * 100 / (closed.perSecond() * TIMETABLE_PERCENT);
        SingleLoad.Outcomes timed = single.run(messages(mill, terminals, each), new SingleLoad.Timetable(measured / 4, measured, interval));
        return outcome(closed.perSecond(), timed);
    }

    private IngestResult.Single lonely(SingleLoad single, TapMill mill) {
        long interval = 1_000_000_000L / LONELY_TAPS_PER_SECOND;
        long measured = 3 * TimeUnit.SECONDS.toNanos(settings.singleSeconds());
        int taps = (int) (2 * measured / interval);
        SingleLoad.Outcomes timed = single.run(messages(mill, 1, taps), new SingleLoad.Timetable(measured / 4, measured, interval));
        return outcome(0, timed);
    }

    private static IngestResult.Single outcome(long closedPerSecond, SingleLoad.Outcomes timed) {
        return new IngestResult.Single(closedPerSecond, timed.perSecond(), timed.latencies().getValueAtPercentile(50),
                timed.latencies().getValueAtPercentile(99), timed.latencies().getValueAtPercentile(99.9));
    }

    private List<List<byte[]>> messages(TapMill mill, int terminals, int each) {
        List<List<byte[]>> messages = new ArrayList<>();
        for (int i = 0; i < terminals; i++) {
            List<byte[]> own = new ArrayList<>(each);
            for (int number = 0; number < each; number++) {
                own.add(mill.single(number, city.terminal(i % BenchCity.GATEWAYS, i / BenchCity.GATEWAYS)));
            }
            messages.add(own);
        }
        return messages;
    }

    /** Fills journal and register step by step, and measures bulk at each. */
    private void growth(JournalRows rows, BulkLoad bulk, TapMill mill) {
        long there = 0;
        int cards = settings.cards();
        int fillGroup = FIRST_FILL_GROUP;
        for (int step = 0; step < settings.growthRows().size(); step++) {
            long wanted = settings.growthRows().get(step);
            int wantedCards = GROWTH_CARDS.get(Math.min(step, GROWTH_CARDS.size() - 1));
            progress.accept("growing to " + wanted + " rows and " + wantedCards + " cards");
            rows.insertBatches(fillGroup, wanted - there);
            fillGroup += 2;
            there = wanted;
            if (wantedCards > cards) {
                rows.insertCards(cards, wantedCards);
                cards = wantedCards;
            }
            mill.draw(cards);
            List<Long> rates = new ArrayList<>();
            for (int round = 0; round < settings.rounds(); round++) {
                rates.add(bulk(bulk, mill, settings.bulkTaps()));
            }
            result.growth().put(wanted, rates);
        }
    }

    private int nextGroup(int groups) {
        int next = group;
        group += groups;
        return next;
    }

    private static long perSecond(long taps, long nanos) {
        return Math.round(taps * 1e9 / nanos);
    }

    /** A number for a run. */
    public static int anyRun(long seed) {
        return new SplittableRandom(seed).nextInt(1 << 16);
    }
}
