package cn.onecard.sql.boot;

import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.DatabaseUnavailable;
import cn.onecard.sql.embedded.EmbeddedServer;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command has: the option that says which data directory is meant, and a place for its answer. */
final class DataOption {
    @Option(names = "--data", paramLabel = "DIR", defaultValue = "data", description = "the data directory (default: ./data)")
    private Path dataDir = Path.of("data"); // set by picocli

    @Spec(Spec.Target.MIXEE) private CommandSpec command = CommandSpec.create(); // set by picocli

    Path dataDir() {
        return dataDir;
    }

    /** Where the command's answer goes. */
    PrintWriter out() {
        return command.commandLine().getOut();
    }

    /** What is thrown for an option that cannot be meant. */
    ParameterException misuse(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    /** The embedded server, for a command that makes no sense with an external one. */
    EmbeddedServer embedded() {
        if (Database.findExternalUrl().isPresent()) {
            throw new DatabaseUnavailable(Database.URL_VARIABLE + " is set: the database is an external one, which is started and stopped where it runs");
        }
        return new EmbeddedServer(dataDir);
    }

    /** The database, opened by its owner. */
    Database owner() {
        return Database.open(dataDir, Account.OWNER);
    }
}
