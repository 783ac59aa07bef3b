package cn.onecard.sql.testing;

import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.Migrations;
import cn.onecard.sql.Partitions;
import cn.onecard.sql.Passwords;
import cn.onecard.sql.embedded.EmbeddedServer;
import cn.onecard.sql.embedded.ServerSettings;
import cn.onecard.vocabulary.BusinessDate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The database of a test run: one server a JVM, migrated, with every account, ended with the JVM. It is an embedded server
 *  under {@code target}, or the server that {@code ONECARD_TEST_DB_URL} (environment or system property) names as its
 *  administrator. Tests that share it call {@link #wipe()} before they begin. */
public final class TestDatabase {
    private static final ServerSettings THROW_AWAY = new ServerSettings(128, false);
    private static final Path DATA_DIR = Path.of("target", "test-database").toAbsolutePath();

    private TestDatabase() {}

    /** The database, as an account sees it. */
    public static Database database(Account account) {
        return Database.at(Server.URL, account, Passwords.load(DATA_DIR).of(account));
    }

    /** Empties every table but the chart of accounts and the number of the register's last change. */
    public static void wipe() {
        wipe(database(Account.OWNER));
    }

    /** Empties every table of a database but these. */
    public static void wipe(Database owner) {
        try (Connection connection = owner.connect(); Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("""
                    SELECT table_schema, table_name FROM information_schema.tables
                    WHERE table_type = 'BASE TABLE' AND table_schema IN ('ledger', 'clearing', 'export', 'patient')
                      AND table_name NOT IN ('account', 'service', 'register_change', 'flyway_schema_history')""")) {
                while (rows.next()) {
                    tables.add(rows.getString(1) + "." + rows.getString(2));
                }
            }
            for (String table : tables) {
                statement.executeUpdate("DELETE FROM " + table);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot empty the tables", e);
        }
    }

    /** Gives days their own partition of the journal. */
    public static void partition(BusinessDate from, int days) {
        try (Connection connection = database(Account.OWNER).connect()) {
            Partitions.ensure(connection, from, days);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot make partitions", e);
        }
    }

    /** Started when it is first asked for. */
    private static final class Server {
        static final String URL = findExternal().map(Server::prepareExternal).orElseGet(Server::startEmbedded);

        private static Optional<String> findExternal() {
            return Optional.ofNullable(System.getProperty("ONECARD_TEST_DB_URL", System.getenv("ONECARD_TEST_DB_URL")))
                    .filter(text -> !text.isBlank());
        }

        private static String prepareExternal(String url) {
            Migrations.createAccounts(url, null, null, Passwords.loadOrCreate(DATA_DIR));
            migrate(url);
            return url;
        }

        private static String startEmbedded() {
            EmbeddedServer server = new EmbeddedServer(DATA_DIR, DATA_DIR.resolveSibling("mariadb"));
            server.stop();                      // left over from a run that was killed
            deleteTree(DATA_DIR);
            server.start(THROW_AWAY);
            Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "end of the test database"));
            String url = Database.loopbackUrl(server.port());
            migrate(url);
            return url;
        }

        private static void migrate(String url) {
            new Migrations(Database.at(url, Account.OWNER, Passwords.load(DATA_DIR).of(Account.OWNER))).migrate();
        }
    }

    private static void deleteTree(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
