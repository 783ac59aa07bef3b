package cn.onecard.engine.bench.crowd;

import cn.onecard.engine.bench.TerminalLink;
import cn.onecard.wire.proto.BatchAck;
import cn.onecard.wire.proto.TapBatch;
import cn.onecard.wire.proto.TerminalServiceGrpcClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;

/** What speaks with the certificate of one gateway. Every call has a connection of its own, as terminals have. */
final class GatewayClient {
    private final HttpClient http;
    private final GrpcClient grpc;
    private final SocketAddress core;

    /** Reads the certificate; connects to nobody yet. */
    GatewayClient(Vertx vertx, TerminalLink.Address address) {
        http = TerminalLink.client(vertx, address, CrowdCity.TERMINALS_PER_GATEWAY);
        grpc = GrpcClient.client(vertx, http);
        core = SocketAddress.inetSocketAddress(address.port(), "127.0.0.1");
    }

    /** Connects, and opens a call that nothing has been sent on. */
    Future<GrpcClientRequest<TapBatch, BatchAck>> call() {
        return grpc.request(core, TerminalServiceGrpcClient.Submit);
    }

    /** Closes all connections. */
    Future<Void> close() {
        return http.close();
    }
}
