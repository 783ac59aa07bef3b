package cn.onecard.engine.receive;

import cn.onecard.wire.MalformedFrame;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.CodecException;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of a terminal that is no stream: one message in, one answer out.
 *
 *  <p><b>Threads.</b> Everything that touches the call runs on its event loop; the work runs on a virtual thread, for it waits.
 *
 *  <p><b>Bound.</b> A call counts from its first byte on, until it is answered and its work is done, whichever is later. One that takes
 *  longer than its patience, be it to arrive or to be worked on, is answered that nobody knows.
 *
 *  @param <F> the frame in the message
 *  @param <A> the answer */
final class UnaryCall<F, A> {
    private static final Logger LOG = LoggerFactory.getLogger(UnaryCall.class);
    private static final String PLAIN = "identity";

    private final GrpcServerRequest<?, A> call;
    private final String gateway;
    private final Function<GrpcMessage, F> codec;
    private final Work<F, A> work;
    private final Setting setting;
    private final Context context;
    // The state of the call, which its event loop alone reads and writes.
    private @Nullable GrpcMessage message;
    private boolean working;
    private boolean over;
    private long timer;

    /** What is to be done for a call. It may wait. */
    @FunctionalInterface
    interface Work<F, A> {
        /** Does it.
         *
         *  @throws MalformedFrame if what is asked cannot be */
        A run(ReceivedCall<F> call) throws InterruptedException, ExecutionException;
    }

    /** What the calls of a door share. */
    record Setting(Vertx vertx, CallerNames callers, CallsInFlight inFlight, Duration patience, ExecutorService threads) {}

    private UnaryCall(GrpcServerRequest<?, A> call, String gateway, Function<GrpcMessage, F> codec, Work<F, A> work, Setting setting) {
        this.call = call;
        this.gateway = gateway;
        this.codec = codec;
        this.work = work;
        this.setting = setting;
        this.context = setting.vertx().getOrCreateContext();
    }

    /** Serves all calls of a method.
     *
     *  @param codec throws {@link MalformedFrame} if there is no frame in a message */
    static <Q, F, A> void serve(GrpcServer grpc, ServiceMethod<Q, A> method, Function<Q, F> codec, Work<F, A> work, Setting setting) {
        grpc.callHandler(method, call -> begin(call, message -> codec.apply(decode(method, message)), work, setting));
    }

    private static <Q> Q decode(ServiceMethod<Q, ?> method, GrpcMessage message) {
        try {
            return method.decoder().decode(message);
        } catch (CodecException e) {
            throw new MalformedFrame("the message cannot be read");
        }
    }

    /** Takes a call, or refuses it. On its event loop.
     *
     *  @param codec throws {@link MalformedFrame} if there is no frame in a message */
    private static <F, A> void begin(GrpcServerRequest<?, A> call, Function<GrpcMessage, F> codec, Work<F, A> work, Setting setting) {
        Optional<String> gateway = setting.callers().find(call);
        if (gateway.isEmpty()) {
            LOG.warn("a caller without a name was turned away");
            refuse(call, GrpcStatus.UNAUTHENTICATED, "who calls?");
            return;
        }
        if (call.encoding() != null && !call.encoding().equals(PLAIN)) {
            refuse(call, GrpcStatus.UNIMPLEMENTED, "messages are not compressed here");     // a few bytes could become any number
            return;
        }
        switch (setting.inFlight().enter(gateway.get())) {
            case TAKEN -> new UnaryCall<>(call, gateway.get(), codec, work, setting).start();
            case TOO_MANY -> refuse(call, GrpcStatus.RESOURCE_EXHAUSTED, "too many calls are under way");
            case GOING_DOWN -> refuse(call, GrpcStatus.UNAVAILABLE, "the core is going down");
        }
    }

    private static void refuse(GrpcServerRequest<?, ?> call, GrpcStatus status, String why) {
        call.response().status(status).statusMessage(why).end();
    }

    private void start() {
        timer = setting.vertx().setTimer(setting.patience().toMillis(), fired -> end(GrpcStatus.UNAVAILABLE, "not known to be done: send again with the same key"));
        call.response().exceptionHandler(broken -> close());
        call.exceptionHandler(broken -> close());
        call.errorHandler(error -> close());
        call.invalidMessageHandler(tooLong -> end(GrpcStatus.INVALID_ARGUMENT, "the message is too long"));
        call.endHandler(end -> received());
        call.messageHandler(next -> {       // not decoded: gRPC itself would cut off a call whose message it cannot read
            if (message != null) {
                end(GrpcStatus.INVALID_ARGUMENT, "one message a call");
            }
            message = next;
        });
    }

    private void received() {
        if (over) {
            return;
        }
        GrpcMessage only = message;
        if (only == null) {
            end(GrpcStatus.INVALID_ARGUMENT, "one message a call");
            return;
        }
        F frame;
        try {
            frame = codec.apply(only);
        } catch (MalformedFrame malformed) {
            end(malformed);
            return;
        }
        working = true;
        setting.threads().execute(() -> work(new ReceivedCall<>(gateway, frame)));
    }

    /** On a thread of its own. */
    private void work(ReceivedCall<F> received) {
        try {
            A answer = work.run(received);
            context.runOnContext(done -> worked(() -> call.response().end(answer)));
        } catch (MalformedFrame malformed) {
            context.runOnContext(done -> worked(() -> refuse(call, GrpcStatus.INVALID_ARGUMENT, String.valueOf(malformed.getMessage()))));
        } catch (RuntimeException | ExecutionException | InterruptedException e) {
            LOG.error("a payment call of gateway {} could not be done", gateway, e);
            context.runOnContext(done -> worked(() -> refuse(call, GrpcStatus.UNAVAILABLE, "not known to be done: send again with the same key")));
        }
    }

    private void worked(Runnable answer) {
        working = false;
        if (over) {
            setting.inFlight().leave(gateway);      // answered long ago, or nobody listens any more
        } else {
            answer.run();
            close();
        }
    }

    private void end(MalformedFrame malformed) {
        LOG.warn("gateway {} sent what is no {}: {}", gateway, call.methodName(), malformed.getMessage());
        end(GrpcStatus.INVALID_ARGUMENT, String.valueOf(malformed.getMessage()));
    }

    private void end(GrpcStatus status, String why) {
        if (!over) {
            refuse(call, status, why);
            close();
        }
    }

    /** The call is over; what it asked for may still be under way. */
    private void close() {
        if (!over) {
            over = true;
            setting.vertx().cancelTimer(timer);
            if (!working) {
                setting.inFlight().leave(gateway);
            }
        }
    }
}
