package cn.onecard.engine.boot;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.Callable;

/** The operators' door, on the loopback interface: {@code /healthz} (the process lives), {@code /readyz} (taps can be posted),
 *  {@code /metrics} (Prometheus). */
final class OperatorServer {
    private final Vertx vertx;
    private final Callable<Boolean> ready;
    private final PrometheusMeterRegistry registry;
    private final HttpServer server;

    OperatorServer(Vertx vertx, int port, Callable<Boolean> ready, PrometheusMeterRegistry registry) {
        this.vertx = vertx;
        this.ready = ready;
        this.registry = registry;
        this.server = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port)).requestHandler(this::answer);
    }

    Future<Integer> listen() {
        return server.listen().map(HttpServer::actualPort);
    }

    Future<Void> close() {
        return server.close();
    }

    private void answer(HttpServerRequest request) {
        switch (String.valueOf(request.path())) {
            case "/healthz" -> text(request, 200, "UP\n");
            case "/readyz" -> vertx.executeBlocking(ready, false).onComplete(
                    up -> text(request, up ? 200 : 503, up ? "UP\n" : "DOWN\n"),
                    failure -> text(request, 503, "DOWN\n"));
            case "/metrics" -> text(request, 200, registry.scrape());
            default -> text(request, 404, "/healthz, /readyz or /metrics\n");
        }
    }

    private static void text(HttpServerRequest request, int status, String body) {
        request.response().setStatusCode(status).putHeader("Content-Type", "text/plain; charset=utf-8").end(body);
    }
}
