package cn.onecard.sql.boot;

import cn.onecard.sql.Database;
import cn.onecard.sql.DatabaseUnavailable;
import cn.onecard.sql.Migrations;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code db reset}: every tap, every settled day, every card is gone afterwards. */
@Command(name = "reset", description = "Drop everything in the four schemas and make them anew.", mixinStandardHelpOptions = true)
final class ResetCommand implements Callable<Integer> {
    @Mixin private final DataOption data = new DataOption();
    @Option(names = "--yes", description = "really do it") private boolean confirmed; // set by picocli

    @Override
    public Integer call() {
        Database owner = data.owner();
        if (!confirmed) {
            throw new DatabaseUnavailable("this drops all ledgers and settled days in " + owner + ": say --yes if that is meant");
        }
        Migrations migrations = new Migrations(owner);
        migrations.recreate();
        data.out().println("schemas made anew, at version " + migrations.findVersion().orElse("none"));
        return 0;
    }
}
