package cn.onecard.engine.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cn.onecard.engine.key.KeyId;
import cn.onecard.engine.key.KeyUsage;
import cn.onecard.engine.testing.City;
import cn.onecard.engine.testing.SwitchedKeys;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.Refusal;
import cn.onecard.wire.proto.Outcome;
import cn.onecard.wire.proto.TapAck;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The keeper of the master keys goes away, and the keys change, while the core runs. */
class KeysAwayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SwitchedKeys keys = new SwitchedKeys(City.KEYS);

    private RunningCore core;
    private Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        TestDatabase.wipe();
        Database database = TestDatabase.database(Account.ENGINE);
        RunningCore.register(database);
        core = RunningCore.start(database, "core", keys, Clock.systemUTC());
        gateway = new Gateway(City.GATEWAY, core.grpcPort());
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        core.close();
    }

    @Test
    void submit_keeperAway_waitsAndIsAcceptedWhenItIsBack() throws Exception {
        assertThat(readiness()).isEqualTo(200);
        keys.away(true);
        CompletableFuture<Gateway.Answer> waiting = gateway.call(List.of(Gateway.batch(1, List.of(City.busRide(1).frame()))));
        await().atMost(PATIENCE).until(() -> readiness() == 503);
        assertThat(waiting).isNotDone();
        keys.away(false);
        Gateway.Answer answer = waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(answer.acks().getFirst().getAcksList()).extracting(TapAck::getOutcome).containsExactly(Outcome.ACCEPTED);
        await().atMost(PATIENCE).until(() -> readiness() == 200);
    }

    @Test
    void submit_versionRetiredWhileTheCoreRuns_isSuspectFromThatDayOn() throws Exception {
        assertThat(gateway.submit(City.busRide(1).frame())).extracting(TapAck::getOutcome).containsExactly(Outcome.ACCEPTED);
        keys.replace(City.KEYS.withRetired(List.of(new KeyId(KeyUsage.TAC, 1, Algorithm.TDES)), City.DAY.day()));
        City.Draft dayBefore = City.busRide(2).on(City.DAY.day().minusDays(1).atTime(23, 59, 59));
        City.Draft day = City.busRide(3).on(City.DAY.day().atStartOfDay());
        City.Draft otherVersion = City.busRide(4);
        otherVersion.keyVersion = 2;
        City.Draft grey = City.busRide(5);
        grey.noTac = true;
        List<TapAck> acks = gateway.submit(dayBefore.frame(), day.frame(), otherVersion.frame(), grey.frame());
        assertThat(acks).extracting(TapAck::getOutcome).containsExactly(Outcome.ACCEPTED, Outcome.SUSPECT, Outcome.ACCEPTED, Outcome.SUSPECT);
        assertThat(acks).extracting(TapAck::getReason).containsExactly(0, Refusal.KEY_VERSION_RETIRED.code(), 0, Refusal.GREY.code());
    }

    private int readiness() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + core.httpPort() + "/readyz")).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
