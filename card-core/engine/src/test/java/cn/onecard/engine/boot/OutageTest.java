package cn.onecard.engine.boot;

import static cn.onecard.sql.tables.ledger.Tables.TAP_JOURNAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cn.onecard.engine.testing.City;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.Migrations;
import cn.onecard.sql.embedded.EmbeddedServer;
import cn.onecard.sql.embedded.ServerSettings;
import cn.onecard.wire.proto.Outcome;
import cn.onecard.wire.proto.TapAck;
import cn.onecard.wire.proto.TapBatch;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database is killed under load and started again. */
class OutageTest {
    private static final ServerSettings SETTINGS = new ServerSettings(64, true);
    private static final int CALLS = 4;
    private static final int BATCHES = 40;
    private static final int SIZE = 250;

    @TempDir(factory = UnderTarget.class)
    private Path dataDir;

    /** Data below the folder of temporary files would be deleted by the embedded server's library. */
    private static final class UnderTarget implements org.junit.jupiter.api.io.TempDirFactory {
        @Override
        public Path createTempDirectory(org.junit.jupiter.api.extension.AnnotatedElementContext element,
                org.junit.jupiter.api.extension.ExtensionContext context) throws java.io.IOException {
            return java.nio.file.Files.createTempDirectory(Path.of("target").toAbsolutePath(), "outage");
        }
    }

    @Test
    void submit_databaseKilledUnderLoad_losesNothingAndDoublesNothing() throws Exception {
        EmbeddedServer server = new EmbeddedServer(dataDir, Path.of("target", "mariadb").toAbsolutePath());
        server.start(SETTINGS);
        try {
            new Migrations(Database.open(dataDir, Account.OWNER)).migrate();
            Database database = Database.open(dataDir, Account.ENGINE);
            RunningCore.register(database);
            RunningCore core = RunningCore.start(database, "core");
            try (Gateway gateway = new Gateway(City.GATEWAY, core.grpcPort());
                    HikariDataSource pool = database.pool("test", 1)) {
                play(server, core, gateway, Database.dsl(pool));
            } finally {
                core.close();
            }
        } finally {
            server.stop();
        }
    }

    private static void play(EmbeddedServer server, RunningCore core, Gateway gateway, DSLContext dsl) throws Exception {
        List<CompletableFuture<Gateway.Answer>> load = new ArrayList<>();
        for (int call = 0; call < CALLS; call++) {
            load.add(gateway.call(batches(call)));
        }
        await().until(() -> dsl.fetchCount(TAP_JOURNAL) > 2_000);

        ProcessHandle process = server.findProcess().orElseThrow();
        process.destroyForcibly();
        process.onExit().get(10, TimeUnit.SECONDS);
        await().atMost(Duration.ofSeconds(20)).until(() -> readiness(core) == 503);
        assertThat(load).noneMatch(CompletableFuture::isDone);
        server.start(SETTINGS);

        for (CompletableFuture<Gateway.Answer> call : load) {
            List<Outcome> outcomes = call.get(60, TimeUnit.SECONDS).acks().stream()
                    .flatMap(ack -> ack.getAcksList().stream()).map(TapAck::getOutcome).toList();
            assertThat(outcomes).hasSize(BATCHES * SIZE).containsOnly(Outcome.ACCEPTED);
        }
        assertThat(dsl.fetchCount(TAP_JOURNAL)).isEqualTo(CALLS * BATCHES * SIZE);
        await().atMost(Duration.ofSeconds(20)).until(() -> readiness(core) == 200);
    }

    private static List<TapBatch> batches(int call) {
        return LongStream.range(0, BATCHES).mapToObj(b -> Gateway.batch(b, LongStream.range(0, SIZE)
                .mapToObj(i -> City.busRide(0).at(City.bus(5 * call + (int) (i % 5)), b * SIZE + i).frame()).toList())).toList();
    }

    private static int readiness(RunningCore core) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + core.httpPort() + "/readyz")).build(),
                    HttpResponse.BodyHandlers.ofString()).statusCode();
        }
    }
}
