package cn.onecard.engine.bench.ingest;

import cn.onecard.engine.bench.BenchCity;
import cn.onecard.engine.bench.BenchFailed;
import cn.onecard.engine.bench.CoreFigures;
import cn.onecard.engine.bench.Gateways;
import cn.onecard.engine.bench.JournalRows;
import cn.onecard.engine.bench.Machine;
import cn.onecard.engine.bench.Rig;
import cn.onecard.engine.bench.SingleLoad;
import cn.onecard.engine.bench.TapMill;
import cn.onecard.engine.bench.TerminalServerAddress;
import cn.onecard.engine.bench.Waiting;
import cn.onecard.engine.bench.ingest.BenchSettings.Line;
import cn.onecard.sql.Database;
import com.zaxxer.hikari.HikariDataSource;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Measures how many taps a second the core takes, against what the database takes without it. All lines of a round are
 *  measured one after the other, so that a machine that changes its mind during a run changes it for all of them. */
public final class IngestBench {
    private static final Map<Line, Integer> TERMINALS = new EnumMap<>(Map.of(Line.SINGLE64, 64, Line.SINGLE200, 200));
    private static final int MOST_TERMINALS = 200;
    private static final int NAIVE_CONNECTIONS = 64;
    private static final int BATCH = 500;
    /** Taps of one naive round: a fiftieth of a bulk round, and it still takes longer. */
    private static final int NAIVE_PART = 50;
    /** The timetable asks for this share, in percent, of what the same terminals reached without one. */
    private static final int TIMETABLE_PERCENT = 85;
    private static final int LONELY_TAPS_PER_SECOND = 50;
    private static final int LONELY_ROUNDS = 2;
    /** Taps made ahead for each second of single taps; more than can go through. */
    private static final int SINGLE_TAPS_PER_SECOND = 30_000;
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
        Rig rig = Rig.prepare(settings.rig(), bench.city);
        try {
            Machine machine = Machine.look(settings.rig().data());
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
        CoreFigures.awaitCards(core, settings.cards());
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            Gateways gateways = new Gateways(vertx, () -> new TerminalServerAddress(core.grpcPort(), rig.tls()));
            List<TapMill> mills = TapMill.all(city, settings.cards(), settings.businessDate().day().atTime(12, 0));
            BulkLoad bulk = new BulkLoad(gateways);
            SingleLoad single = new SingleLoad(vertx, gateways, MOST_TERMINALS);
            progress.accept("warming up");
            bulk(bulk, mills, settings.bulkTaps());
            rows.insertBatches(nextGroup(2), settings.bulkTaps() / 2);
            singles(single, mills, MOST_TERMINALS, settings.warmUpSeconds(), 0);
            for (int round = 1; round <= settings.rounds(); round++) {
                progress.accept("round " + round + " of " + settings.rounds());
                round(core, rows, bulk, mills, single);
            }
            if (has(Line.LONELY)) {
                result.lonely().add(lonely(single, mills));
            }
            result.peakMebibytes().add(CoreFigures.peakMebibytes(core.process().pid()));
            growth(core, rows, bulk, mills);
        } finally {
            Waiting.until(vertx.close().toCompletionStage().toCompletableFuture(), 10);
            rig.stop(core);
        }
    }

    private void round(Rig.RunningCore core, JournalRows rows, BulkLoad bulk, List<TapMill> mills, SingleLoad single) throws IOException {
        if (has(Line.CEILING)) {
            result.ceiling().add(perSecond(settings.bulkTaps(), rows.insertBatches(nextGroup(2), settings.bulkTaps())));
        }
        if (has(Line.BULK)) {
            List<List<byte[]>> messages = batches(mills, settings.bulkTaps());
            CoreFigures before = CoreFigures.read(core);
            result.bulk().add(perSecond(settings.bulkTaps(), bulk.run(messages)));
            result.spent().add(CoreFigures.read(core).since(before));
            result.bulkTaps().add((long) settings.bulkTaps());
        }
        if (has(Line.NAIVE)) {
            int naive = settings.bulkTaps() / NAIVE_PART / NAIVE_CONNECTIONS * NAIVE_CONNECTIONS;
            result.naive().add(perSecond(naive, rows.insertOneByOne(nextGroup(1), naive, NAIVE_CONNECTIONS)));
        }
        TERMINALS.forEach((line, terminals) -> {
            if (has(line)) {
                result.single().computeIfAbsent(terminals, none -> new ArrayList<>()).add(singles(single, mills, terminals));
            }
        });
    }

    private boolean has(Line line) {
        return settings.lines().contains(line);
    }

    private long bulk(BulkLoad bulk, List<TapMill> mills, int taps) {
        return perSecond(taps, bulk.run(batches(mills, taps)));
    }

    private static List<List<byte[]>> batches(List<TapMill> mills, int taps) {
        long each = taps / BATCH / BenchCity.GATEWAYS;
        return mills.parallelStream().map(mill -> LongStream.range(0, each).mapToObj(number -> mill.batch(number, BATCH)).toList()).toList();
    }

    private IngestResult.Single singles(SingleLoad single, List<TapMill> mills, int terminals) {
        SingleLoad.Outcomes closed = singles(single, mills, terminals, settings.singleSeconds(), 0);
        long interval = 1_000_000_000L * terminals * 100 / (closed.perSecond() * TIMETABLE_PERCENT);
        return outcome(closed.perSecond(), singles(single, mills, terminals, settings.singleSeconds(), interval));
    }

    /** Single taps for some seconds, after a quarter of that time which does not count. */
    private static SingleLoad.Outcomes singles(SingleLoad single, List<TapMill> mills, int terminals, int seconds, long intervalNanos) {
        long measured = TimeUnit.SECONDS.toNanos(seconds);
        long taps = intervalNanos == 0 ? SINGLE_TAPS_PER_SECOND * (seconds + 1L) / terminals : 3 * measured / 2 / intervalNanos;
        return single.run(messages(mills, terminals, (int) taps), new SingleLoad.Timetable(measured / 4, measured, intervalNanos));
    }

    private IngestResult.Single lonely(SingleLoad single, List<TapMill> mills) {
        return outcome(0, singles(single, mills, 1, LONELY_ROUNDS * settings.singleSeconds(), 1_000_000_000L / LONELY_TAPS_PER_SECOND));
    }

    private static IngestResult.Single outcome(long closedPerSecond, SingleLoad.Outcomes timed) {
        return new IngestResult.Single(closedPerSecond, timed.perSecond(), timed.latencies().getValueAtPercentile(50),
                timed.latencies().getValueAtPercentile(99), timed.latencies().getValueAtPercentile(99.9));
    }

    /** Taps of terminals, dealt out to them gateway by gateway as {@link SingleLoad} connects them. */
    private static List<List<byte[]>> messages(List<TapMill> mills, int terminals, int each) {
        List<List<List<byte[]>>> byGateway = IntStream.range(0, mills.size()).parallel()
                .mapToObj(gateway -> IntStream.range(0, (terminals - gateway + mills.size() - 1) / mills.size())
                        .mapToObj(terminal -> IntStream.range(0, each).mapToObj(number -> mills.get(gateway).single(number, terminal)).toList()).toList())
                .toList();
        return IntStream.range(0, terminals).mapToObj(i -> byGateway.get(i % mills.size()).get(i / mills.size())).toList();
    }

    /** Fills journal and register step by step, and measures bulk at each. */
    private void growth(Rig.RunningCore core, JournalRows rows, BulkLoad bulk, List<TapMill> mills) throws IOException {
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
                CoreFigures.awaitCards(core, cards);
            }
            int all = cards;
            mills.forEach(mill -> mill.draw(all));
            List<Long> rates = new ArrayList<>();
            for (int round = 0; round < settings.rounds(); round++) {
                rates.add(bulk(bulk, mills, settings.bulkTaps()));
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
}
