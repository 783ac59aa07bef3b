package cn.onecard.terminal.boot;

import cn.onecard.terminal.flow.SpoolToCore;
import cn.onecard.terminal.spool.Spool;
import cn.onecard.terminal.uplink.CoreAddress;
import cn.onecard.terminal.uplink.RefusalLog;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** The corridor to the core together with what it runs on. */
final class CoreLink implements AutoCloseable {
    private final Vertx vertx;
    private final SpoolToCore corridor;

    private CoreLink(Vertx vertx, SpoolToCore corridor) {
        this.vertx = vertx;
        this.corridor = corridor;
    }

    /** Opens it; refusals are written beside the spool. */
    static CoreLink open(CoreAddress core, Spool spool, Path folder, Duration patience) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2).setInternalBlockingPoolSize(2));
        RefusalLog refusals = new RefusalLog(folder.resolve("refusals.csv"), Clock.systemUTC());
        return new CoreLink(vertx, SpoolToCore.open(vertx, core, spool, refusals, patience));
    }

    SpoolToCore corridor() {
        return corridor;
    }

    @Override
    public void close() {
        corridor.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
