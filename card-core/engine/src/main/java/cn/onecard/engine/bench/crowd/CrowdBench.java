package cn.onecard.engine.bench.crowd;

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
import cn.onecard.sql.Database;
import cn.onecard.vocabulary.TerminalId;
import cn.onecard.wire.TapCodec;
import cn.onecard.wire.proto.TapBatch;
import com.zaxxer.hikari.HikariDataSource;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Measures what terminals that behave notice of callers that do not, and of very many others. */
public final class CrowdBench {
    private static final int CARDS = 10_000;
    /** Files that a process opens beside its connections. */
    private static final int OTHER_FILES = 500;
    private static final int FLOOD_CALLS = 16;
    private static final int RUDE_BATCH = 500;
    private static final int WARM_UP_SECONDS = 3;
    private static final int PATIENCE_SECONDS = 60;
    /** Gateways of the {@link BenchCity} that do not behave. */
    private static final int UNREAD = 0;
    private static final int FLOOD = 1;

    private final CrowdSettings settings;
    private final Consumer<String> progress;
    private final BenchCity city;
    private final List<TapMill> mills;      // one for each gateway of the city

    private CrowdBench(CrowdSettings settings, int run, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
        this.city = new BenchCity(run);
        this.mills = TapMill.all(city, CARDS, settings.rig().businessDate().day().atTime(12, 0));
    }

    /** Measures all lines.
     *
     *  @param run any number
     *  @param now for certificates
     *  @param progress told in a few words what is under way
     *  @throws BenchFailed if something cannot be measured */
    public static CrowdReport run(CrowdSettings settings, int run, Instant now, Consumer<String> progress) throws IOException {
        CoreMemory.needFiles(ProcessHandle.current().pid(), "this program", settings.connections() + OTHER_FILES);
        CrowdBench bench = new CrowdBench(settings, run, progress);
        progress.accept("preparing database, certificates and terminals");
        Rig rig = Rig.prepare(settings.rig(), bench.city);
        try {
            Machine machine = Machine.look(settings.rig().data());
            Database database = rig.database();
            try (HikariDataSource pool = database.pool("bench", 2)) {
                CrowdCity.enrol(pool, rig.tls(), Math.max(settings.terminals(), settings.connections()), now);
                new JournalRows(pool, bench.city, CARDS, settings.rig().businessDate()).insertCards(0, CARDS);
                return bench.measure(rig, pool, machine);
            }
        } finally {
            rig.stopDatabase();
        }
    }

    private CrowdReport measure(Rig rig, HikariDataSource pool, Machine machine) throws IOException {
        Rig.RunningCore core = rig.startCore();
        Vertx polite = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        Vertx rude = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            CoreMemory.needFiles(core.process().pid(), "the core", settings.connections() + OTHER_FILES);
            Scene scene = new Scene(core, new TerminalServerAddress(core.grpcPort(), rig.tls()), pool, polite, rude);
            long interval = TimeUnit.SECONDS.toNanos(settings.secondsPerTap());
            progress.accept("warming up");
            scene.play(line("warm-up", "", settings.terminals(), interval), false);
            List<CrowdResult> results = new ArrayList<>();
            progress.accept(settings.terminals() + " terminals that behave");
            results.add(scene.play(line("alone", "terminals that behave, a tap every " + settings.secondsPerTap() + " s", settings.terminals(), interval), false));
            progress.accept("the same, with a gateway that reads no answers and one that floods");
            results.add(scene.play(line("rude", "the same, and a gateway that reads no answers, and one that floods", settings.terminals(), interval), true));
            progress.accept(settings.connections() + " connections at once");
            results.add(scene.play(line("crowd", "a connection each, a tap every " + settings.secondsPerTapInCrowd() + " s", settings.connections(),
                    TimeUnit.SECONDS.toNanos(settings.secondsPerTapInCrowd())), false));
            return new CrowdReport(settings, results, machine, Rig.version(rig.database()).orElse("unknown"), CoreFigures.peakMebibytes(core.process().pid()));
        } finally {
            Waiting.until(polite.close().toCompletionStage().toCompletableFuture(), PATIENCE_SECONDS);
            Waiting.until(rude.close().toCompletionStage().toCompletableFuture(), PATIENCE_SECONDS);
            rig.stop(core);
        }
    }

    /** A line of the table to be.
     *
     *  @param timetable of each terminal */
    private record Line(String name, String what, int terminals, SingleLoad.Timetable timetable) {}

    private Line line(String name, String what, int terminals, long intervalNanos) {
        return new Line(name, what, terminals, new SingleLoad.Timetable(TimeUnit.SECONDS.toNanos(WARM_UP_SECONDS),
                TimeUnit.SECONDS.toNanos(settings.seconds()), intervalNanos));
    }

    /** A running core, and those who call it: the terminals that behave from one event loop, the others from another, so that they are
     *  in the way of the core and not of our clock. */
    private final class Scene {
        private final Rig.RunningCore core;
        private final TerminalServerAddress address;
        private final HikariDataSource pool;
        private final Vertx polite;
        private final Vertx rude;

        Scene(Rig.RunningCore core, TerminalServerAddress address, HikariDataSource pool, Vertx polite, Vertx rude) {
            this.core = core;
            this.address = address;
            this.pool = pool;
            this.polite = polite;
            this.rude = rude;
        }

        CrowdResult play(Line line, boolean withRude) throws IOException {
            long before = rows(0, Long.MAX_VALUE);
            List<GatewayClient> gateways = new ArrayList<>();
            for (int number = 0; number <= CrowdCity.gatewayOf(line.terminals() - 1); number++) {
                gateways.add(new GatewayClient(polite, address.as(CrowdCity.gateway(number))));
            }
            SteadyLoad steady = new SteadyLoad(polite, line.timetable());
            List<List<byte[]>> messages = messages(line);
            try (CoreMemory memory = CoreMemory.watch(core)) {
                steady.open(gateways, messages);
                Optional<Rude> bad = withRude ? Optional.of(new Rude()) : Optional.empty();
                SteadyLoad.Outcomes outcomes = steady.run();
                Optional<CrowdResult.Rude> rudeOutcomes = bad.map(Rude::finish);
                for (GatewayClient gateway : gateways) {
                    Waiting.until(gateway.close().toCompletionStage().toCompletableFuture(), PATIENCE_SECONDS);
                }
                long expected = outcomes.sent() + rudeOutcomes.map(both -> both.unread().distinct() + both.flood().distinct()).orElse(0L);
                CrowdResult.Journal journal = new CrowdResult.Journal(rows(0, Long.MAX_VALUE) - before, expected);
                return new CrowdResult(line.name(), line.what(), line.terminals(), outcomes, settings.seconds(), rudeOutcomes, journal, memory.peak());
            }
        }

        /** The two gateways that do not behave, under way. */
        private final class Rude {
            private final GatewayClient unreadGateway = new GatewayClient(rude, address.as(BenchCity.gateway(UNREAD)));
            private final GatewayClient floodGateway = new GatewayClient(rude, address.as(BenchCity.gateway(FLOOD)));
            private final RudeLoad unread = new RudeLoad(rude);
            private final RudeLoad flood = new RudeLoad(rude);

            Rude() {
                List<CheckedCall.Load> floods = new ArrayList<>();
                for (int call = 0; call < FLOOD_CALLS; call++) {
                    floods.add(batches(FLOOD));
                }
                unread.start(unreadGateway, false, List.of(batches(UNREAD)));
                flood.start(floodGateway, true, floods);
            }

            CrowdResult.Rude finish() {
                long sent = unread.sent();
                long taken = rows(city.terminal(UNREAD, 0).value(), city.terminal(UNREAD, BenchCity.TERMINALS_PER_GATEWAY - 1).value());
                RudeLoad.Outcomes ofFlood = flood.finish();
                RudeLoad.Outcomes ofUnread = unread.finish();
                Waiting.until(unreadGateway.close().toCompletionStage().toCompletableFuture(), PATIENCE_SECONDS);
                Waiting.until(floodGateway.close().toCompletionStage().toCompletableFuture(), PATIENCE_SECONDS);
                return new CrowdResult.Rude(sent, taken, ofUnread, ofFlood);
            }
        }

        /** Rows in the journal of terminals from one number to another. */
        private long rows(long fromTerminal, long toTerminal) {
            try (Connection connection = pool.getConnection();
                    PreparedStatement statement = connection.prepareStatement("SELECT COUNT(*) FROM ledger.tap_journal WHERE psam_no BETWEEN ? AND ?")) {
                statement.setLong(1, fromTerminal);
                statement.setLong(2, toTerminal);
                try (ResultSet result = statement.executeQuery()) {
                    result.next();
                    return result.getLong(1);
                }
            } catch (SQLException e) {
                throw new BenchFailed("the journal cannot be counted: " + e.getMessage(), e);
            }
        }
    }

    private CheckedCall.Load batches(int gateway) {
        List<byte[]> batches = new ArrayList<>();
        for (int number = 0; number < settings.floodBatches(); number++) {
            batches.add(mills.get(gateway).batch(number, RUDE_BATCH));
        }
        return new CheckedCall.Load(batches, RUDE_BATCH);
    }

    private List<List<byte[]>> messages(Line line) {
        SingleLoad.Timetable timetable = line.timetable();
        int taps = (int) ((timetable.warmUpNanos() + timetable.measuredNanos()) / timetable.intervalNanos()) + 1;
        List<List<byte[]>> messages = new ArrayList<>();
        for (int i = 0; i < line.terminals(); i++) {
            TerminalId terminal = CrowdCity.terminal(i);
            List<byte[]> own = new ArrayList<>(taps);
            for (int number = 0; number < taps; number++) {
                own.add(TapBatch.newBuilder().setBatchNo(number).addTaps(TapCodec.toProto(mills.getFirst().tap(terminal))).build().toByteArray());
            }
            messages.add(own);
        }
        return messages;
    }
}
