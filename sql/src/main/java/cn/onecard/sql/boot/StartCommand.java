package cn.onecard.sql.boot;

import cn.onecard.sql.DatabaseUnavailable;
import cn.onecard.sql.Migrations;
import cn.onecard.sql.embedded.EmbeddedServer;
import cn.onecard.sql.embedded.ServerSettings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code db start}. */
@Command(name = "start", description = "Start the embedded database and migrate it.", mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {
    @Mixin private final DataOption data = new DataOption();
    @Option(names = "--buffer-pool", paramLabel = "MIB", defaultValue = "512", description = "memory for pages, in MiB (default: ${DEFAULT-VALUE})")
    private int bufferPoolMebibytes; // set by picocli

    @Override
    public Integer call() {
        PrintWriter out = data.out();
        if (bufferPoolMebibytes < ServerSettings.LEAST_BUFFER_POOL_MEBIBYTES) {
            throw new DatabaseUnavailable("--buffer-pool is at least " + ServerSettings.LEAST_BUFFER_POOL_MEBIBYTES + " MiB");
        }
        EmbeddedServer server = data.embedded();
        boolean started = server.start(new ServerSettings(bufferPoolMebibytes, true));
        Migrations migrations = new Migrations(data.owner());
        int run = migrations.migrate();
        out.println("database " + (started ? "started" : "was running already") + " on 127.0.0.1:" + server.port() + ", data in "
                + data.dataDir().resolve("db"));
        out.println("schemas at version " + migrations.findVersion().orElse("none") + " (" + run + " migrations run now)");
        return 0;
    }
}
