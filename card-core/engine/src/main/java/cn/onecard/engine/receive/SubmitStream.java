package cn.onecard.engine.receive;

import cn.onecard.wire.proto.BatchAck;
import cn.onecard.wire.proto.Tap;
import cn.onecard.wire.proto.TapBatch;
import io.vertx.core.Context;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.InvalidMessageException;
import io.vertx.grpc.common.MessageSizeOverflowException;
import io.vertx.grpc.server.GrpcServerRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Submit call.
 *
 *  <p><b>Threads.</b> Everything that touches the call runs on its event loop. Batches are handed in by one virtual thread of
 *  the stream, one after the other, so that the taps of a PSAM keep their order and a desk that waits holds back this
 *  stream alone.
 *
 *  <p><b>Bound.</b> At most {@link ReceiveLimits#batchesInFlight()} batches are between arrival and acknowledgement; then the
 *  call is paused, and HTTP/2 flow control stops the sender.
 *
 *  <p><b>Order.</b> Acknowledgements leave in the order of the batches. A message that is no batch, or too large a one, ends
 *  the call with its status after the acknowledgements of the batches before it. */
final class SubmitStream {
    private static final Logger LOG = LoggerFactory.getLogger(SubmitStream.class);

    private final GrpcServerRequest<TapBatch, BatchAck> call;
    private final String gateway;
    private final BatchDesk desk;
    private final ReceiveLimits limits;
    private final Clock clock;
    private final Context context;
    private final Runnable onClosed;
    /** Batches that wait for the stream's thread; empty means the end. Bounded by the batches in flight. */
    private final BlockingQueue<Optional<InFlight>> handIn = new LinkedBlockingQueue<>();
    private final Deque<InFlight> inFlight = new ArrayDeque<>();      // event loop only
    private Optional<Ending> ending = Optional.empty();                // event loop only
    private boolean closed;                                            // event loop only

    /** How the call is to end once nothing is in flight. */
    private record Ending(GrpcStatus status, String message) {}

    /** A batch between arrival and acknowledgement. */
    private static final class InFlight {
        private final ReceivedBatch batch;
        private Optional<BatchAck> ack = Optional.empty();             // event loop only

        InFlight(ReceivedBatch batch) {
            this.batch = batch;
        }
    }

    /** Everything a stream shares with the others of its server. */
    record Setting(BatchDesk desk, ReceiveLimits limits, Clock clock) {}

    SubmitStream(GrpcServerRequest<TapBatch, BatchAck> call, String gateway, Setting setting, Context context, Runnable onClosed) {
        this.call = call;
        this.gateway = gateway;
        this.desk = setting.desk();
        this.limits = setting.limits();
        this.clock = setting.clock();
        this.context = context;
        this.onClosed = onClosed;
    }

    /** Begins to read. On the event loop. */
    void start() {
        Thread.ofVirtual().name("submit-" + gateway).start(this::handInBatches);
        call.response().exceptionHandler(broken -> close());
        call.exceptionHandler(broken -> close());
        call.errorHandler(error -> close());
        call.invalidMessageHandler(this::refuse);
        call.endHandler(end -> endWith(GrpcStatus.OK, ""));
        call.handler(this::received);
    }

    /** Takes no more, acknowledges what is in flight and ends the call. From any thread. */
    void drain() {
        context.runOnContext(now -> endWith(GrpcStatus.UNAVAILABLE, "the core is going down"));
    }

    private void received(TapBatch message) {
        if (ending.isPresent() || closed) {
            return;
        }
        if (message.getTapsCount() > limits.tapsPerBatch()) {
            LOG.warn("gateway {} sent a batch of {} taps", gateway, message.getTapsCount());
            endWith(GrpcStatus.INVALID_ARGUMENT, "a batch has at most " + limits.tapsPerBatch() + " taps, not " + message.getTapsCount());
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<ReceivedTap> taps = new ArrayList<>(message.getTapsCount());
        for (Tap tap : message.getTapsList()) {
            ReceivedTap received = ReceivedTap.of(gateway, now, tap);
            if (received instanceof ReceivedTap.Malformed malformed) {
                LOG.warn("gateway {} sent what is no tap: {}", gateway, malformed.why());
            }
            taps.add(received);
        }
        InFlight batch = new InFlight(new ReceivedBatch(message.getBatchNo(), taps));
        inFlight.add(batch);
        handIn.add(Optional.of(batch));
        if (inFlight.size() >= limits.batchesInFlight()) {
            call.pause();
        }
    }

    private void refuse(InvalidMessageException invalid) {
        LOG.warn("gateway {} sent a message that is refused: {}", gateway, invalid.toString());
        if (invalid instanceof MessageSizeOverflowException) {
            endWith(GrpcStatus.RESOURCE_EXHAUSTED, "a message has at most " + limits.messageBytes() + " bytes");
        } else {
            endWith(GrpcStatus.INVALID_ARGUMENT, "the message is no batch of taps");
        }
    }

    private void handInBatches() {
        try {
            for (Optional<InFlight> next = handIn.take(); next.isPresent(); next = handIn.take()) {
                InFlight batch = next.get();
                desk.take(batch.batch).whenComplete((ack, failure) -> context.runOnContext(now -> {
                    if (failure == null) {
                        acknowledge(batch, ack);
                    } else {
                        fail(failure);
                    }
                }));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            context.runOnContext(now -> fail(e));
        } catch (RuntimeException defect) {
            context.runOnContext(now -> fail(defect));
        }
    }

    private void acknowledge(InFlight batch, BatchAck ack) {
        batch.ack = Optional.of(ack);
        while (!inFlight.isEmpty() && inFlight.getFirst().ack.isPresent() && !closed) {
            inFlight.removeFirst().ack.ifPresent(call.response()::write);
        }
        if (closed) {
            return;
        }
        if (ending.isPresent()) {
            finishIfDone();
        } else if (inFlight.size() < limits.batchesInFlight()) {
            call.resume();
        }
    }

    private void fail(Throwable failure) {
        if (closed) {
            return;
        }
        LOG.error("the batches of gateway {} could not be posted; nothing of them is acknowledged", gateway, failure);
        call.response().status(GrpcStatus.UNAVAILABLE).statusMessage("not posted: send again").end();
        close();
    }

    private void endWith(GrpcStatus status, String message) {
        if (ending.isEmpty() && !closed) {
            ending = Optional.of(new Ending(status, message));
            finishIfDone();
        }
    }

    private void finishIfDone() {
        if (inFlight.isEmpty() && ending.isPresent()) {
            Ending end = ending.get();
            if (end.status() != GrpcStatus.OK) {
                call.response().status(end.status()).statusMessage(end.message());
            }
            call.response().end();
            close();
        }
    }

    /** Forgets the call; what is in flight is still posted. */
    private void close() {
        if (!closed) {
            closed = true;
            handIn.add(Optional.empty());
            onClosed.run();
        }
    }
}
