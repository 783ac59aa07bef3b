package cn.onecard.sql.boot;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code db stop}. */
@Command(name = "stop", description = "Stop the embedded database.", mixinStandardHelpOptions = true)
final class StopCommand implements Callable<Integer> {
    @Mixin private final DataOption data = new DataOption();

    @Override
    public Integer call() {
        boolean stopped = data.embedded().stop();
        data.out().println(stopped ? "database stopped" : "database was not running");
        return 0;
    }
}
