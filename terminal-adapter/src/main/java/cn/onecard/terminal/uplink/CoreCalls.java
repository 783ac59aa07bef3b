package cn.onecard.terminal.uplink;

import cn.onecard.wire.DownloadCodec;
import cn.onecard.wire.HotlistAskFrame;
import cn.onecard.wire.HotlistPageFrame;
import cn.onecard.wire.LockedFrame;
import cn.onecard.wire.TariffFrame;
import cn.onecard.wire.proto.DownloadServiceGrpcClient;
import cn.onecard.wire.proto.TariffAsk;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a terminal fetches from the core and reports to it, call by call. Each call waits for its answer. */
public final class CoreCalls implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final GrpcClient client;
    private final DownloadServiceGrpcClient downloads;

    private CoreCalls(GrpcClient client, SocketAddress core) {
        this.client = client;
        this.downloads = DownloadServiceGrpcClient.create(client, core);
    }

    /** Calls to a core, which may not be there yet. */
    public static CoreCalls to(Vertx vertx, CoreAddress core) {
        return new CoreCalls(CoreStream.client(vertx, core), SocketAddress.inetSocketAddress(core.port(), core.host()));
    }

    /** A page of what has changed on the hotlist.
     *
     *  @throws StreamBroken if the core does not answer, or with something that is no page */
    public HotlistPageFrame fetchHotlist(HotlistAskFrame ask) throws StreamBroken, InterruptedException {
        return DownloadCodec.hotlistPage(await(downloads.fetchHotlist(DownloadCodec.toProto(ask))));
    }

    /** The fare table after a version; empty if there is none. */
    public Optional<TariffFrame> fetchTariff(int afterVersion) throws StreamBroken, InterruptedException {
        return DownloadCodec.tariff(await(downloads.fetchTariff(TariffAsk.newBuilder().setAfterVersion(afterVersion).build())));
    }

    /** A listed card was met.
     *
     *  @return false if the core knows no such card */
    public boolean reportLocked(LockedFrame frame) throws StreamBroken, InterruptedException {
        return await(downloads.reportLocked(DownloadCodec.toProto(frame))).getKnown();
    }

    @Override
    public void close() {
        client.close();
    }

    private static <T> T await(Future<T> call) throws StreamBroken, InterruptedException {
        try {
            return call.toCompletionStage().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new StreamBroken("the core does not answer: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new StreamBroken("the core did not answer within " + PATIENCE.toSeconds() + " s", e);
        }
    }
}
