package cn.onecard.engine.api;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** The body of a request, while it arrives: it may have so many bytes and take so long. Everything happens on the event loop of
 *  the request. */
final class BoundedBody {
    private final HttpServerRequest request;
    private final ApiLimits limits;
    private final Promise<Buffer> promise;
    private final Buffer bytes = Buffer.buffer();

    BoundedBody(HttpServerRequest request, ApiLimits limits, Promise<Buffer> promise) {
        this.request = request;
        this.limits = limits;
        this.promise = promise;
    }

    /** Begins to read. */
    void read(Vertx vertx) {
        long timer = vertx.setTimer(limits.bodyPatience().toMillis(),
                over -> promise.tryFail(ProblemCode.BODY_TOO_SLOW.with("within " + limits.bodyPatience().toSeconds() + " s")));
        promise.future().onComplete(done -> vertx.cancelTimer(timer));
        request.exceptionHandler(promise::tryFail);
        request.handler(this::more);
        request.endHandler(end -> promise.tryComplete(bytes));
    }

    private void more(Buffer part) {
        if (bytes.length() + part.length() > limits.bodyBytes()) {
            promise.tryFail(ProblemCode.BODY_TOO_LARGE.with("at most " + limits.bodyBytes() + " bytes"));
        } else {
            bytes.appendBuffer(part);
        }
    }
}
