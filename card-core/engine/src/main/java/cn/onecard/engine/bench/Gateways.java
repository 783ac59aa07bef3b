package cn.onecard.engine.bench;

import cn.onecard.wire.proto.BatchAck;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The gateways of the city that is measured. Every connection is one of its own; what they share is their gateway's certificate,
 *  which is read once. */
public final class Gateways {
    private static final int CONNECTIONS_PER_GATEWAY = 2_000;

    private final Vertx vertx;
    private final Supplier<TerminalServerAddress> core;
    private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();

    /** Gateways of one core.
     *
     *  @param core where it is; asked for every connection, because a core that was started again is elsewhere */
    public Gateways(Vertx vertx, Supplier<TerminalServerAddress> core) {
        this.vertx = vertx;
        this.core = core;
    }

    /** Opens one more connection of a gateway, with a call in it.
     *
     *  @param onAck takes every acknowledgement, on the link's event loop
     *  @param onBroken told once if the call ends otherwise than by {@link TerminalLink#close()} */
    public Future<TerminalLink> connect(String gateway, Handler<BatchAck> onAck, Handler<Throwable> onBroken) {
        TerminalLink.Address address = core.get().as(gateway);
        HttpClient client = clients.computeIfAbsent(gateway, name -> TerminalLink.client(vertx, address, CONNECTIONS_PER_GATEWAY));
        return TerminalLink.open(vertx, client, address, onAck, onBroken);
    }
}
