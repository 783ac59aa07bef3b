package cn.onecard.engine.bench.crash;

import cn.onecard.engine.bench.BenchCity;
import cn.onecard.engine.bench.BenchFailed;
import cn.onecard.engine.bench.JournalRows;
import cn.onecard.engine.bench.Machine;
import cn.onecard.engine.bench.Rig;
import cn.onecard.engine.bench.TapMill;
import cn.onecard.engine.bench.Waiting;
import cn.onecard.sql.Database;
import cn.onecard.vocabulary.TerminalId;
import com.zaxxer.hikari.HikariDataSource;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Kills core and database at random moments under bulk load, and compares what the journal holds with what was sent and
 *  acknowledged. The moments come from a seed; what the machine makes of them does not. */
public final class CrashBench {
    private static final int CARDS = 10_000;
    /** Acknowledged taps between a start and the next kill, at most. */
    private static final int MOST_TAPS_BETWEEN_KILLS = 10_000;
    /** Then so long at most, so that a kill falls anywhere in the course of a batch. */
    private static final int MOST_MICROS_BETWEEN_KILLS = 100_000;
    /** Acknowledged taps at the beginning of a phase and after its last kill. */
    private static final int TAPS_IN_PEACE = 2_000;
    private static final int PATIENCE_SECONDS = 300;
    private static final long SIX_BYTES = 0xFFFF_FFFF_FFFFL;

    private final CrashSettings settings;
    private final Consumer<String> progress;
    private final BenchCity city;
    private final SplittableRandom random;
    private final SentTaps sent = new SentTaps();
    private final BrokenPromises broken = new BrokenPromises();
    private final List<Tally> phases = new ArrayList<>();
    private final List<RoughMill> mills = new ArrayList<>();

    private CrashBench(CrashSettings settings, int run, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
        this.city = new BenchCity(run);
        this.random = new SplittableRandom(settings.seed());
        TapMill.all(city, CARDS, settings.rig().businessDate().day().atTime(12, 0))
                .forEach(mill -> mills.add(new RoughMill(mill, city, mills.size(), random.split())));
    }

    /** What is killed in a phase, and started again. */
    private interface Kill {
        void run() throws IOException;
    }

    /** Kills everything that the settings ask for.
     *
     *  @param run any number; runs on one external database need different ones
     *  @param progress told in a few words what is under way
     *  @throws BenchFailed if it cannot be done; broken promises are in the report */
    public static CrashReport run(CrashSettings settings, int run, Consumer<String> progress) throws IOException {
        CrashBench bench = new CrashBench(settings, run, progress);
        progress.accept("preparing database, keys and " + CARDS + " cards");
        Rig rig = Rig.prepare(settings.rig(), bench.city);
        try {
            Machine machine = Machine.look(settings.rig().data());
            Database database = rig.database();
            try (HikariDataSource pool = database.pool("bench", 2)) {
                new JournalRows(pool, bench.city, CARDS, settings.rig().businessDate()).insertCards(0, CARDS);
            }
            bench.kill(rig);
            progress.accept("comparing the journal with what was sent");
            bench.reading(rig.database()).showTo(new JournalCheck(bench.sent, bench.broken));
            return new CrashReport(settings, bench.phases.stream().map(Tally::counts).toList(), bench.broken, machine,
                    Rig.version(database).orElse("unknown"));
        } finally {
            rig.stopDatabase();
        }
    }

    private void kill(Rig rig) throws IOException {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try (Nodes nodes = new Nodes(rig)) {
            Nodes.Node first = nodes.start("a");
            phase(vertx, new Tally("core killed"), List.of(first), settings.coreKills(), first::killAndRestart);
            if (settings.rig().url().isEmpty()) {
                phase(vertx, new Tally("database killed"), List.of(first), settings.databaseKills(), () -> {
                    rig.killDatabase();
                    rig.startDatabase();
                });
            }
            Nodes.Node second = nodes.start("b");
            phase(vertx, new Tally("one of two nodes killed"), List.of(first, second), settings.nodeKills(),
                    () -> (random.nextBoolean() ? first : second).killAndRestart());
        } finally {
            Waiting.until(vertx.close().toCompletionStage().toCompletableFuture(), 10);
        }
    }

    private void phase(Vertx vertx, Tally tally, List<Nodes.Node> nodes, int kills, Kill kill) throws IOException {
        phases.add(tally);
        CrashLoad load = new CrashLoad(sent, tally, broken, random.split());
        load.start(vertx, mills, nodes);
        tally.awaitAcknowledged(TAPS_IN_PEACE, PATIENCE_SECONDS);
        for (int number = 1; number <= kills; number++) {
            progress.accept(tally.counts().name() + ": " + number + " of " + kills);
            tally.awaitAcknowledged(random.nextInt(MOST_TAPS_BETWEEN_KILLS), PATIENCE_SECONDS);
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(MOST_MICROS_BETWEEN_KILLS)));
            kill.run();
            tally.killed();
        }
        tally.awaitAcknowledged(TAPS_IN_PEACE, PATIENCE_SECONDS);
        load.finish(PATIENCE_SECONDS);
    }

    /** In our own database everything must be explained, in a foreign one what is of our terminals. */
    private JournalReading reading(Database database) {
        return settings.rig().url().isEmpty() ? new JournalReading(database, new TerminalId(0), new TerminalId(SIX_BYTES))
                : new JournalReading(database, city.lowest(), city.highest());
    }
}
