package cn.onecard.engine.receive;

import cn.onecard.wire.proto.BatchAck;
import cn.onecard.wire.proto.Tap;
import cn.onecard.wire.proto.TapBatch;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Submit call.
 *
 *  <p><b>Threads.</b> Everything that touches the call runs on its event loop. Batches are handed in as they come, one after the
 *  other, so that the taps of a PSAM keep their order.
 *
 *  <p><b>Bound.</b> The call is paused, so that HTTP/2 flow control stops the sender, when {@link ReceiveLimits#batchesInFlight()}
 *  batches are between arrival and acknowledgement, when the {@link Backlog} says so, and while the caller does not read its
 *  acknowledgements. A caller that leaves them unread for {@link ReceiveLimits#unreadPatience()} is given up. It is the HTTP
 *  request that is paused, because gRPC, when paused, takes sixteen more messages of any size; what came in the same frame as the
 *  message that was the last (16 KiB at most) is held back here.
 *
 *  <p><b>Order.</b> Acknowledgements leave in the order of the batches. A message that is no batch, or too large a one, ends
 *  the call with its status after the acknowledgements of the batches before it. */
final class SubmitStream implements Backlog.Reader {
    private static final Logger LOG = LoggerFactory.getLogger(SubmitStream.class);
    private static final String PLAIN = "identity";
    private static final long NO_TIMER = -1;
    /** HTTP/2's error code CANCEL. */
    private static final long CANCEL = 8;

    private final GrpcServerRequest<TapBatch, BatchAck> call;
    private final HttpServerRequest http;
    private final String gateway;
    private final Backlog.Share share;
    private final BatchDesk desk;
    private final ReceiveLimits limits;
    private final Clock clock;
    private final Context context;
    private final Consumer<SubmitStream> onClosed;
    // The state of the call, which its event loop alone reads and writes.
    private final Deque<InFlight> inFlight = new ArrayDeque<>();
    private final Deque<TapBatch> heldBack = new ArrayDeque<>();
    private Optional<Ending> ending = Optional.empty();
    private boolean reading = true;
    private boolean rubbishNoted;
    private boolean ended;
    private boolean closed;
    private long unreadTimer = NO_TIMER;       // runs while the caller does not read

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
    record Setting(BatchDesk desk, ReceiveLimits limits, Clock clock, Backlog backlog) {}

    /** A call as it comes in.
     *
     *  @param http what carries it
     *  @param gateway who calls
     *  @param context its event loop */
    record Incoming(GrpcServerRequest<TapBatch, BatchAck> call, HttpServerRequest http, String gateway, Context context) {}

    SubmitStream(Incoming incoming, Setting setting, Consumer<SubmitStream> onClosed) {
        this.call = incoming.call();
        this.http = incoming.http();
        this.gateway = incoming.gateway();
        this.context = incoming.context();
        this.share = setting.backlog().share(gateway);
        this.desk = setting.desk();
        this.limits = setting.limits();
        this.clock = setting.clock();
        this.onClosed = onClosed;
    }

    /** Begins to read, or refuses the call. On the event loop. */
    void start() {
        call.response().exceptionHandler(broken -> close());
        call.response().drainHandler(drained -> caughtUp());
        call.exceptionHandler(broken -> close());
        call.errorHandler(error -> close());
        call.invalidMessageHandler(this::refuse);
        call.endHandler(end -> endWith(GrpcStatus.OK, ""));
        call.handler(this::received);
        if (!share.open(this)) {
            LOG.warn("gateway {} has {} calls; one more is refused", gateway, limits.callsOfGateway());
            endWith(GrpcStatus.RESOURCE_EXHAUSTED, "a gateway has at most " + limits.callsOfGateway() + " calls at a time");
        } else if (call.encoding() != null && !call.encoding().equals(PLAIN)) {
            endWith(GrpcStatus.UNIMPLEMENTED, "messages are not compressed here");      // a few bytes could become any number
        }
        regulate();
    }

    /** Takes no more, acknowledges what is in flight and ends the call. From any thread. */
    void drain() {
        context.runOnContext(now -> {
            heldBack.clear();
            endWith(GrpcStatus.UNAVAILABLE, "the core is going down");
        });
    }

    @Override
    public void regulate() {
        boolean mayRead = inFlight.size() < limits.batchesInFlight() && unreadTimer == NO_TIMER && share.mayRead();
        if (closed || mayRead == reading) {
            return;
        }
        reading = mayRead;
        while (reading && !heldBack.isEmpty()) {
            take(heldBack.removeFirst());
        }
        if (!http.isEnded()) {
            if (reading) {
                http.resume();
            } else {
                http.pause();
            }
        }
    }

    private void received(TapBatch message) {
        if (ending.isPresent() || closed) {
            return;
        }
        if (reading) {
            take(message);
        } else {
            heldBack.add(message);
        }
    }

    private void take(TapBatch message) {
        if (message.getTapsCount() > limits.tapsPerBatch()) {
            LOG.warn("gateway {} sent a batch of {} taps", gateway, message.getTapsCount());
            heldBack.clear();
            endWith(GrpcStatus.INVALID_ARGUMENT, "a batch has at most " + limits.tapsPerBatch() + " taps, not " + message.getTapsCount());
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<ReceivedTap> taps = new ArrayList<>(message.getTapsCount());
        for (Tap tap : message.getTapsList()) {
            taps.add(ReceivedTap.of(gateway, now, tap));
        }
        if (!rubbishNoted) {
            noteRubbish(taps);
        }
        InFlight batch = new InFlight(new ReceivedBatch(message.getBatchNo(), taps));
        inFlight.add(batch);
        share.arrived(batch.batch);
        handIn(batch.batch).whenComplete((ack, failure) -> context.runOnContext(then -> answered(batch, ack, failure)));
        regulate();
    }

    /** One line a call is enough: each message is kept as evidence. */
    private void noteRubbish(List<ReceivedTap> taps) {
        for (ReceivedTap tap : taps) {
            if (tap instanceof ReceivedTap.Malformed malformed) {
                LOG.warn("gateway {} sent what is no tap: {}", gateway, malformed.why());
                rubbishNoted = true;
                return;
            }
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

    /** A defect of the desk fails the batch. */
    private CompletionStage<BatchAck> handIn(ReceivedBatch batch) {
        try {
            return desk.take(batch);
        } catch (RuntimeException defect) {
            return CompletableFuture.failedFuture(defect);
        }
    }

    private void answered(InFlight batch, @Nullable BatchAck ack, @Nullable Throwable failure) {
        share.answered(batch.batch);
        if (ack != null) {
            acknowledge(batch, ack);
        } else {
            fail(failure);
        }
    }

    private void acknowledge(InFlight batch, BatchAck ack) {
        batch.ack = Optional.of(ack);
        while (!inFlight.isEmpty() && inFlight.getFirst().ack.isPresent() && !ended && !closed) {
            inFlight.removeFirst().ack.ifPresent(call.response()::write);
        }
        if (ended || closed) {
            return;
        }
        if (call.response().writeQueueFull()) {
            expectReading();
        }
        finishIfDone();
        regulate();
    }

    private void fail(@Nullable Throwable failure) {
        if (!ended && !closed) {
            LOG.error("the batches of gateway {} could not be posted; nothing of them is acknowledged", gateway, failure);
            end(new Ending(GrpcStatus.UNAVAILABLE, "not posted: send again"));
        }
    }

    private void endWith(GrpcStatus status, String message) {
        if (ending.isEmpty() && !closed) {
            ending = Optional.of(new Ending(status, message));
            finishIfDone();
        }
    }

    private void finishIfDone() {
        if (inFlight.isEmpty() && heldBack.isEmpty() && !ended && !closed) {
            ending.ifPresent(this::end);
        }
    }

    /** Ends the call, which is over when the caller has read everything. */
    private void end(Ending how) {
        ended = true;
        ending = Optional.of(how);
        if (how.status() != GrpcStatus.OK) {
            call.response().status(how.status()).statusMessage(how.message());
        }
        expectReading();
        call.response().end().onComplete(written -> close());
    }

    /** From now on the caller has so much time to read. */
    private void expectReading() {
        if (unreadTimer == NO_TIMER) {
            unreadTimer = context.owner().setTimer(limits.unreadPatience().toMillis(), fired -> giveUp());
        }
    }

    private void caughtUp() {
        if (!ended) {
            stopTimer();
            regulate();
        }
    }

    private void giveUp() {
        if (!closed) {
            LOG.warn("gateway {} did not read its acknowledgements for {} s; the call is cancelled", gateway, limits.unreadPatience().toSeconds());
            http.response().reset(CANCEL);
            close();
        }
    }

    private void stopTimer() {
        if (unreadTimer != NO_TIMER) {
            context.owner().cancelTimer(unreadTimer);
            unreadTimer = NO_TIMER;
        }
    }

    /** Forgets the call; what is in flight is still posted, and counts in the backlog until then. */
    private void close() {
        if (!closed) {
            closed = true;
            stopTimer();
            share.close(this);
            onClosed.accept(this);
        }
    }
}
