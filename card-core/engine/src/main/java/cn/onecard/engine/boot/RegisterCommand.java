package cn.onecard.engine.boot;

import cn.onecard.engine.card.Registration;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes the issuing system's files into the register. */
@Command(name = "register", description = "Takes parties, lines, fare tables, PSAMs and cards into the register.", mixinStandardHelpOptions = true)
final class RegisterCommand implements Callable<Integer> {
    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Option(names = "--city", paramLabel = "DIR", description = "folder of the files (default: DIR/city)")
    private @Nullable Path city;        // written by picocli

    @Override
    public Integer call() {
        Database database = Database.open(data.root(), Account.ENGINE);
        try (HikariDataSource pool = database.pool("register", 1)) {
            Registration.Counts counts = new Registration(Database.dsl(pool)).register(city == null ? data.city() : city);
            spec.commandLine().getOut().printf("registered: %d parties, %d lines, %d fare tables, %d PSAMs, %d cards%n",
                    counts.parties(), counts.lines(), counts.tariffs(), counts.psams(), counts.cards());
            return 0;
        }
    }
}
