package cn.onecard.analytics.boot;

import cn.onecard.analytics.portal.Analysts;
import cn.onecard.analytics.portal.Portal;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code extract serve}: the analysts' portal, until it is told to end. */
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Serves catalogue and files to analysts on the loopback interface.")
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Mixin
    private DataFolder data = new DataFolder();

    @Option(names = "--port", defaultValue = "0", description = "port, 0 for a free one; run/portal.json says which (default: ${DEFAULT-VALUE})")
    private int port;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Vertx vertx = Vertx.vertx();
        try {
            int bound = new Portal(vertx, data.releases(), new Analysts(data.analysts())).listen(port)
                    .toCompletionStage().toCompletableFuture().get().actualPort();
            announce(bound);
            LOG.info("portal at http://127.0.0.1:{}/", bound);
            CountDownLatch ended = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(ended::countDown, "end of the portal"));
            ended.await();
            return 0;
        } catch (ExecutionException failed) {
            throw new IOException("the portal cannot listen on port " + port + ": " + failed.getCause(), failed);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private void announce(int bound) throws IOException {
        Files.createDirectories(data.run());
        Path written = Files.createTempFile(data.run(), "portal", ".json");
        Files.write(written, new ObjectMapper().writeValueAsBytes(new TreeMap<>(Map.of("httpPort", (Object) bound, "pid", ProcessHandle.current().pid()))));
        Files.move(written, data.run().resolve("portal.json"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
