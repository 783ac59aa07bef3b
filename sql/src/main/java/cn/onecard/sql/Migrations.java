package cn.onecard.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;

/** Brings the four schemas to the version this program knows. Runs as the owner, from one place at a time. */
public final class Migrations {
    private static final LocalDateTime WITH_MILLIS = LocalDateTime.of(2026, 1, 1, 5, 0, 59, 999_000_000);

    private final Database owner;
    private final String location;

    /** The migrations this program carries.
     *
     *  @param owner opened for {@link Account#OWNER} */
    public Migrations(Database owner) {
        this(owner, "classpath:db/migration");
    }

    private Migrations(Database owner, String location) {
        this.owner = owner;
        this.location = location;
    }

    /** The migrations of a folder. */
    public static Migrations ofFolder(Database owner, Path folder) {
        return new Migrations(owner, "filesystem:" + folder.toAbsolutePath());
    }

    /** Makes schemas and accounts on an external server, with the passwords of the data directory.
     *
     *  @param address as in ONECARD_DB_URL
     *  @param user the administrator, if the address does not name one
     *  @param password the administrator's, if the address does not hold it */
    public static void createAccounts(String address, @Nullable String user, @Nullable String password, Passwords passwords) {
        Database administrator = Database.administrator(address, user, password);
        try (Connection connection = administrator.connect(); Statement statement = connection.createStatement()) {
            for (String sql : Accounts.statements(passwords)) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new DatabaseUnavailable("cannot make the accounts on " + administrator + ": " + Database.firstLine(e), e);
        }
    }

    /** Migrates, and returns how many migrations were run; none if the schemas are up to date. */
    public int migrate() {
        requireMilliseconds();
        try {
            return flyway().migrate().migrationsExecuted;
        } catch (FlywayException e) {
            throw new DatabaseUnavailable("cannot migrate " + owner + ": " + e.getMessage(), e);
        }
    }

    /** Drops the four schemas with all that is in them, and makes them anew. */
    public void recreate() {
        try (Connection connection = owner.connect(); Statement statement = connection.createStatement()) {
            for (String schema : Accounts.SCHEMAS.reversed()) {
                statement.execute("DROP DATABASE IF EXISTS `" + schema + "`");
            }
            for (String sql : Accounts.schemaStatements()) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new DatabaseUnavailable("cannot make the schemas of " + owner + " anew: " + Database.firstLine(e), e);
        }
        migrate();
    }

    /** The version the schemas are at, if they were ever migrated. */
    public Optional<String> findVersion() {
        MigrationInfo current = flyway().info().current();
        return Optional.ofNullable(current).map(info -> String.valueOf(info.getVersion()));
    }

    /** Whether this program knows migrations that have not been run. */
    public boolean isBehind() {
        return flyway().info().pending().length > 0;
    }

    /** Some servers make the driver cut the milliseconds of a bound time without a word (MariaDB before 11): refuse those. */
    private void requireMilliseconds() {
        try (Connection connection = owner.connect();
                PreparedStatement select = connection.prepareStatement("SELECT CAST(? AS DATETIME(3))")) {
            select.setObject(1, WITH_MILLIS);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                if (!WITH_MILLIS.equals(row.getObject(1, LocalDateTime.class))) {
                    throw new DatabaseUnavailable("the server " + owner + " loses milliseconds: MySQL 8.0 or later or MariaDB 11.4 or later is needed");
                }
            }
        } catch (SQLException e) {
            throw new DatabaseUnavailable("the database " + owner + " refuses its owner: " + Database.firstLine(e), e);
        }
    }

    private Flyway flyway() {
        return Flyway.configure()
                .dataSource(owner.urlOf(Accounts.SCHEMAS.getFirst()), owner.user(), owner.password())
                .locations(location)
                .defaultSchema(Accounts.SCHEMAS.getFirst())
                .createSchemas(false)
                .validateMigrationNaming(true)
                .load();
    }
}
