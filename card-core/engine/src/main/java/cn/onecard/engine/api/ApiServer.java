package cn.onecard.engine.api;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.RequestUtils;
import io.vertx.openapi.validation.RequestValidator;
import io.vertx.openapi.validation.ValidatedRequest;
import io.vertx.openapi.validation.ValidatorException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The interface's door. A request goes through it in one order: is there such an operation, is the body small and quick enough,
 *  who signed it, is it as the document says, and only then is anything done. The event loop reads and writes; the rest runs on
 *  a virtual thread of the request's own. */
public final class ApiServer {
    private static final int IDLE_SECONDS = 60;
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

    private final Vertx vertx;
    private final Setting setting;
    private final Gate gate;
    private final OpenAPIContract contract;
    private final Buffer document;
    private final RequestValidator validator;
    private final Map<String, ApiGroup.Action> actions;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final HttpServer server;

    /** Where to listen.
     *
     *  @param port 0 for any that is free
     *  @param tls folder with {@code core.pem} and {@code core.key}; empty to talk in clear, as tests do */
    public record Address(int port, Optional<Path> tls) {}

    /** How the door is set up. */
    public record Setting(Address address, ApiLimits limits, CallerTable callers, Clock clock) {}

    private ApiServer(Vertx vertx, Setting setting, OpenAPIContract contract, Map<String, ApiGroup.Action> actions) {
        this.vertx = vertx;
        this.setting = setting;
        this.contract = contract;
        this.document = ApiDocument.text(vertx);
        this.validator = RequestValidator.create(vertx, contract);
        this.actions = actions;
        this.gate = new Gate(setting.callers(), setting.limits(), setting.clock());
        HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").setPort(setting.address().port()).setIdleTimeout(IDLE_SECONDS);
        setting.address().tls().ifPresent(folder -> options.setSsl(true).setUseAlpn(true).setKeyCertOptions(new PemKeyCertOptions()
                .addKeyPath(folder.resolve("core.key").toString()).addCertPath(folder.resolve("core.pem").toString())));
        this.server = vertx.createHttpServer(options).requestHandler(this::take);
    }

    /** Makes a server that does not listen yet.
     *
     *  @throws IllegalStateException if the groups do not do exactly what the document says */
    public static Future<ApiServer> of(Vertx vertx, Setting setting, List<ApiGroup> groups) {
        Map<String, ApiGroup.Action> actions = new HashMap<>();
        groups.forEach(group -> actions.putAll(group.actions()));
        return ApiDocument.contract(vertx).map(contract -> {
            Set<String> documented = contract.operations().stream().map(Operation::getOperationId).collect(Collectors.toSet());
            if (!documented.equals(actions.keySet())) {
                throw new IllegalStateException("the document has " + documented + " and there is " + actions.keySet());
            }
            return new ApiServer(vertx, setting, contract, Map.copyOf(actions));
        });
    }

    /** Begins to listen.
     *
     *  @return the port */
    public Future<Integer> listen() {
        return server.listen().map(HttpServer::actualPort);
    }

    /** Stops listening; what is under way is answered no more. */
    public Future<Void> close() {
        return server.close().onComplete(closed -> threads.shutdown());
    }

    private void take(HttpServerRequest request) {
        if (request.path() != null && request.path().equals("/" + ApiDocument.NAME)) {
            request.response().putHeader("Content-Type", "application/yaml").end(document);
            return;
        }
        Operation operation = request.path() == null ? null : contract.findOperation(request.path(), request.method());
        if (operation == null) {
            answer(request, ProblemCode.NO_SUCH_OPERATION.with("see /" + ApiDocument.NAME));
            return;
        }
        if (inFlight.incrementAndGet() > setting.limits().inFlight()) {
            inFlight.decrementAndGet();
            answer(request, ProblemCode.OVERLOADED.with("try again in a second"));
            return;
        }
        Promise<Buffer> body = Promise.promise();
        new BoundedBody(request, setting.limits(), body).read(vertx);
        body.future().compose(bytes -> run(() -> gate.admit(Envelope.of(request, bytes.getBytes())))
                        .compose(caller -> RequestUtils.extract(request, operation, () -> Future.succeededFuture(bytes))
                                .compose(raw -> validator.validate(raw, operation.getOperationId()))
                                .compose(valid -> run(() -> act(operation, call(request, caller, valid))))))
                .onComplete(done -> {
                    inFlight.decrementAndGet();
                    if (done.succeeded()) {
                        answer(request, done.result());
                    } else {
                        answer(request, problem(operation, done.cause()));
                    }
                });
    }

    private ApiAnswer act(Operation operation, ApiCall call) throws InterruptedException, ExecutionException, TimeoutException {
        ApiGroup.Action action = actions.get(operation.getOperationId());
        if (action == null) {
            throw new IllegalStateException("nobody does " + operation.getOperationId());
        }
        return action.answer(call);
    }

    private ApiCall call(HttpServerRequest request, Caller caller, ValidatedRequest valid) {
        JsonObject body = Optional.ofNullable(valid.getBody()).filter(RequestParameter::isJsonObject).map(RequestParameter::getJsonObject)
                .orElseGet(JsonObject::new);
        return new ApiCall(caller, texts(valid.getPathParameters()), texts(valid.getQuery()), Optional.ofNullable(request.getHeader("Idempotency-Key")),
                body, setting.clock().instant());
    }

    private static Map<String, String> texts(Map<String, RequestParameter> parameters) {
        return parameters.entrySet().stream().filter(one -> one.getValue() != null && !one.getValue().isNull())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, one -> one.getValue().get().toString()));
    }

    /** Runs something that blocks, and comes back to the event loop. */
    private <T> Future<T> run(Callable<T> work) {
        Promise<T> promise = Promise.promise();
        Context loop = vertx.getOrCreateContext();
        threads.execute(() -> {
            try {
                T done = work.call();
                loop.runOnContext(back -> promise.complete(done));
            } catch (Throwable failure) {       // whatever it is, the caller is answered; problem() tells a defect from a refusal
                loop.runOnContext(back -> promise.fail(failure));
            }
        });
        return promise.future();
    }

    private static Problem problem(Operation operation, Throwable failure) {
        return switch (failure) {
            case Problem known -> known;
            case ValidatorException invalid -> ProblemCode.NOT_AS_DOCUMENTED.with(String.valueOf(invalid.getMessage()));
            case ExecutionException unknown -> notDone(operation, unknown);
            case TimeoutException late -> notDone(operation, late);
            case null, default -> {
                LOG.error("{} met a defect", operation.getOperationId(), failure);
                yield ProblemCode.DEFECT.with("it is in our log");
            }
        };
    }

    private static Problem notDone(Operation operation, Throwable failure) {
        LOG.warn("{} is not known to be done", operation.getOperationId(), failure);
        return ProblemCode.NOT_DONE.with("the same request with the same key gets the answer");
    }

    private static void answer(HttpServerRequest request, ApiAnswer answer) {
        request.response().setStatusCode(answer.status()).putHeader("Content-Type", "application/json").end(answer.body().toBuffer());
    }

    private static void answer(HttpServerRequest request, Problem problem) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        MultiMap headers = response.setStatusCode(problem.status()).headers().set("Content-Type", "application/problem+json");
        if (problem.status() == 429 || problem.status() == 503) {
            headers.set("Retry-After", "1");
        }
        boolean unread = problem.code().equals(ProblemCode.BODY_TOO_LARGE.name()) || problem.code().equals(ProblemCode.BODY_TOO_SLOW.name());
        if (unread && request.version() != HttpVersion.HTTP_2) {
            headers.set("Connection", "close");
        }
        response.end(problem.json().toBuffer()).onComplete(sent -> {
            if (unread) {
                request.connection().close();
            }
        });
    }
}
