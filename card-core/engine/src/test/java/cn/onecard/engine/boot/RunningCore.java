package cn.onecard.engine.boot;

import cn.onecard.engine.card.Registration;
import cn.onecard.engine.flow.LoadDesk;
import cn.onecard.engine.key.CardKeys;
import cn.onecard.engine.key.CertificateAuthority;
import cn.onecard.engine.key.KeySchemes;
import cn.onecard.engine.key.KeySource;
import cn.onecard.engine.key.LoadKeys;
import cn.onecard.engine.receive.TerminalServer;
import cn.onecard.engine.testing.City;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.TestDatabase;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** A core over real sockets and a real database, for tests. */
final class RunningCore {
    static final Path TLS = Path.of("target", "test-tls");
    private static final Path NONE = Path.of("target", "no-partners");

    private final Core core;

    private RunningCore(Core core) {
        this.core = core;
    }

    /** Registers the test city. */
    static void register(Database database) throws IOException {
        register(database, City.write(Path.of("target", "test-city")));
    }

    /** Registers a city.
     *
     *  @param city its files */
    static void register(Database database, Path city) throws IOException {
        try (HikariDataSource pool = database.pool("register", 1)) {
            new Registration(Database.dsl(pool)).register(city);
        }
    }

    /** Starts a core with mutual TLS. */
    static RunningCore start(Database database, String node) throws IOException, InterruptedException {
        return start(database, node, Clock.systemUTC());
    }

    /** Starts a core with mutual TLS and a clock of its own. */
    static RunningCore start(Database database, String node, Clock clock) throws IOException, InterruptedException {
        return start(database, node, City.KEYS, clock);
    }

    /** The same with master keys of its own. */
    static RunningCore start(Database database, String node, KeySource keys, Clock clock) throws IOException, InterruptedException {
        CertificateAuthority authority = CertificateAuthority.open(TLS, Clock.systemUTC().instant());
        authority.issueCore();
        authority.issueGateway(City.GATEWAY);
        authority.issueGateway("stranger");
        TerminalServer.Address address = new TerminalServer.Address("127.0.0.1", 0, Optional.of(TLS));
        return new RunningCore(new Core(new Core.Settings(node, 2, City.DAY, address, new Core.Ports(0, 0)), database,
                new LoadDesk.Keys(new LoadKeys(keys, KeySchemes.standard()), new CardKeys(keys, KeySchemes.standard())),
                new Desks.Plan(node, NONE, NONE, Optional.empty(), keys.ring(), 7), clock));
    }

    /** Empties the database, registers the test city and starts a core. */
    static RunningCore startFresh() throws IOException, InterruptedException {
        return startFresh(Clock.systemUTC());
    }

    /** The same with a clock of its own. */
    static RunningCore startFresh(Clock clock) throws IOException, InterruptedException {
        TestDatabase.wipe();
        Database database = TestDatabase.database(Account.ENGINE);
        register(database);
        return start(database, "core", clock);
    }

    int grpcPort() {
        return core.grpcPort();
    }

    int httpPort() {
        return core.httpPort();
    }

    int apiPort() {
        return core.apiPort();
    }

    void close() throws InterruptedException {
        core.close();
    }
}
