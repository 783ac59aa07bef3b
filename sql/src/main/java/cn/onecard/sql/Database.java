package cn.onecard.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** A database and the account to use it with. It is either the embedded server of a data directory or, when the environment
 *  names one in {@code ONECARD_DB_URL}, a server of the city's own.
 *
 *  <p><b>Time.</b> The session is in UTC, and local values (DATE, DATETIME) travel as they are written, whatever zone the JVM
 *  is in: that is what {@code preserveInstants=false} is for. Code reads and binds {@code LocalDateTime} and {@code LocalDate}.
 *
 *  <p><b>Dialect.</b> Through this driver MariaDB calls itself MySQL, so the dialect comes from the version text. */
public final class Database {
    /** Names the external server, as its administrator: {@code jdbc:mysql://host:port/?user=..&password=..}. */
    public static final String URL_VARIABLE = "ONECARD_DB_URL";

    private static final String SQL_MODE = "'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,"
            + "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'";
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    private static final int BORROW_TIMEOUT_MILLIS = 5_000;

    static {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    private final JdbcUrl url;
    private final String user;
    private final String password;

    private Database(JdbcUrl url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /** The database of a data directory, seen to answer. */
    public static Database open(Path dataDir, Account account) {
        Database database = locate(dataDir, account);
        try (Connection connection = database.connect()) {
            if (!connection.isValid(CONNECT_TIMEOUT_MILLIS / 1_000)) {
                throw new DatabaseUnavailable("the database " + database + " does not answer");
            }
        } catch (SQLException e) {
            throw new DatabaseUnavailable(isUnreachable(e)
                    ? "the database " + database + " does not answer; if it is the embedded one, ./onecard db start --data " + dataDir + " starts it"
                    : "the database " + database + " refuses " + account.user() + ": " + firstLine(e), e);
        }
        return database;
    }

    /** The database of a data directory, not asked yet whether it is there. */
    public static Database locate(Path dataDir, Account account) {
        String server = findExternalUrl().orElseGet(() -> embeddedUrl(dataDir));
        return at(server, account, Passwords.load(dataDir).of(account));
    }

    /** The database at an address.
     *
     *  @param url a user and a password in it are passed over */
    public static Database at(String url, Account account, String password) {
        JdbcUrl server = JdbcUrl.parse(url).without("user", "password");
        return new Database(withDefaults(server, account.socketTimeoutMillis()), account.user(), password);
    }

    /** The external server, if the environment names one. */
    public static Optional<String> findExternalUrl() {
        return Optional.ofNullable(System.getenv(URL_VARIABLE)).filter(text -> !text.isBlank());
    }

    /** The address of an embedded server. It speaks in clear, for it listens on the loopback interface only.
     *
     *  @param port 1 to 65535 */
    public static String loopbackUrl(int port) {
        return "jdbc:mysql://127.0.0.1:" + port + "/?sslMode=DISABLED&allowPublicKeyRetrieval=true";
    }

    /** The whole JDBC address, without user and password. */
    public String url() {
        return url.text();
    }

    /** The whole JDBC address with a default schema, for a library that cannot do without one. */
    String urlOf(String schema) {
        return url.withSchema(schema).text();
    }

    public String user() {
        return user;
    }

    public String password() {
        return password;
    }

    /** One connection, outside any pool. */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        Connection connection = DriverManager.getConnection(url(), properties);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        return connection;
    }

    /** A pool of connections. It opens them when they are asked for, and survives a server that comes and goes.
     *
     *  @param name shown in metrics and thread names
     *  @param size connections at most */
    public HikariDataSource pool(String name, int size) {
        return pool(name, size, true);
    }

    /** A pool whose connections are always in a transaction: for a writer that commits again and again, and would otherwise tell
     *  the server twice each time that it does.
     *
     *  @param name shown in metrics and thread names
     *  @param size connections at most */
    public HikariDataSource transactionPool(String name, int size) {
        return pool(name, size, false);
    }

    private HikariDataSource pool(String name, int size, boolean autoCommit) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url());
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(size);
        config.setAutoCommit(autoCommit);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionTimeout(BORROW_TIMEOUT_MILLIS);
        config.setInitializationFailTimeout(-1);
        config.setExceptionOverrideClassName(EvictOnFailover.class.getName());
        return new HikariDataSource(config);
    }

    /** jOOQ for a data source, in the dialect of the server behind it. It never logs a statement: bind values hold card
     *  numbers. */
    public static DSLContext dsl(DataSource source) {
        try (Connection connection = source.getConnection()) {
            return DSL.using(source, dialect(connection), new Settings().withExecuteLogging(false));
        } catch (SQLException e) {
            throw new DatabaseUnavailable("the database does not answer: " + firstLine(e), e);
        }
    }

    /** Whether MariaDB or MySQL answers. */
    public static SQLDialect dialect(Connection connection) throws SQLException {
        String version = connection.getMetaData().getDatabaseProductVersion();
        return version.toLowerCase(Locale.ROOT).contains("mariadb") ? SQLDialect.MARIADB : SQLDialect.MYSQL;
    }

    /** Without the password and the parameters. */
    @Override
    public String toString() {
        return url.toString();
    }

    /** The administrator's way into an external server, as the address (or ONECARD_DB_USER and ONECARD_DB_PASSWORD) names
     *  it. */
    static Database administrator(String address, @Nullable String user, @Nullable String password) {
        JdbcUrl parsed = JdbcUrl.parse(address);
        String name = Optional.ofNullable(user).or(() -> parsed.findParameter("user"))
                .orElseThrow(() -> new DatabaseUnavailable("name the administrator: " + URL_VARIABLE + "=jdbc:mysql://host:port/?user=..&password=.."));
        String secret = Optional.ofNullable(password).or(() -> parsed.findParameter("password")).orElse("");
        return new Database(withDefaults(parsed.without("user", "password"), Account.OWNER.socketTimeoutMillis()), name, secret);
    }

    static String firstLine(SQLException e) {
        String message = e.getMessage();
        return message == null ? "SQL state " + e.getSQLState() : message.lines().findFirst().orElse("");
    }

    /** SQL state class 08: no connection. */
    private static boolean isUnreachable(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().startsWith("08");
    }

    private static String embeddedUrl(Path dataDir) {
        Path file = dataDir.resolve("db").resolve("server.properties");
        if (!Files.exists(file)) {
            throw new DatabaseUnavailable("the database of " + dataDir + " is not running: start it with ./onecard db start --data " + dataDir);
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return loopbackUrl(Integer.parseInt(properties.getProperty("port", "")));
        } catch (IOException | NumberFormatException e) {
            throw new DatabaseUnavailable(file + " does not say on which port the database listens", e);
        }
    }

    private static JdbcUrl withDefaults(JdbcUrl server, int socketTimeoutMillis) {
        return server
                .withDefault("rewriteBatchedStatements", "true")
                .withDefault("useServerPrepStmts", "true")
                .withDefault("cachePrepStmts", "true")
                .withDefault("prepStmtCacheSize", "100")        // the journal alone has some forty
                .withDefault("prepStmtCacheSqlLimit", "1000000")
                .withDefault("connectTimeout", Integer.toString(CONNECT_TIMEOUT_MILLIS))
                .withDefault("socketTimeout", Integer.toString(socketTimeoutMillis))
                .withDefault("connectionTimeZone", "UTC")
                .withDefault("forceConnectionTimeZoneToSession", "true")
                .withDefault("preserveInstants", "false")
                .withDefault("characterEncoding", "UTF-8")
                .withDefault("sessionVariables", "sql_mode=" + SQL_MODE);
    }
}
