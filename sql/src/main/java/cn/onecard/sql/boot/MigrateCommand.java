package cn.onecard.sql.boot;

import cn.onecard.sql.Database;
import cn.onecard.sql.Migrations;
import cn.onecard.sql.Passwords;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code db migrate}. On an external server it makes schemas and accounts first, as the administrator that ONECARD_DB_URL
 *  names. */
@Command(name = "migrate", description = "Bring the schemas up to date; on an external server also make schemas and accounts.",
        mixinStandardHelpOptions = true)
final class MigrateCommand implements Callable<Integer> {
    @Mixin private final DataOption data = new DataOption();

    @Override
    public Integer call() {
        Database.findExternalUrl().ifPresent(address -> Migrations.createAccounts(address, System.getenv("ONECARD_DB_USER"),
                System.getenv("ONECARD_DB_PASSWORD"), Passwords.loadOrCreate(data.dataDir())));
        Migrations migrations = new Migrations(data.owner());
        int run = migrations.migrate();
        data.out().println("schemas at version " + migrations.findVersion().orElse("none") + " (" + run + " migrations run now)");
        return 0;
    }
}
