package cn.onecard.engine.bench.crowd;

import cn.onecard.engine.bench.BenchFailed;
import cn.onecard.wire.proto.BatchAck;
import cn.onecard.wire.proto.Outcome;
import cn.onecard.wire.proto.TapAck;
import cn.onecard.wire.proto.TapBatch;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.GrpcStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A call that keeps account: every batch sent is to be answered once, in its order and tap by tap. What is not answered when the
 *  call has ended is lost. Batches that are used up come again, and are then duplicates. All of it is on one event loop, but for
 *  the future {@link #over()} and for what is read after that is done. */
final class CheckedCall {
    private final GrpcClientRequest<TapBatch, BatchAck> call;
    private final Context context;
    private final List<byte[]> batches;
    private final int tapsPerBatch;
    private final Runnable onAnswer;
    private final CompletableFuture<CheckedCall> over = new CompletableFuture<>();
    private Optional<GrpcClientResponse<TapBatch, BatchAck>> response = Optional.empty();
    private boolean reading = true;
    private int sent;
    private int answered;

    /** What a call sends.
     *
     *  @param batches encoded, numbered from 0
     *  @param tapsPerBatch taps in each */
    record Load(List<byte[]> batches, int tapsPerBatch) {
        Load {
            batches = List.copyOf(batches);
        }
    }

    private CheckedCall(GrpcClientRequest<TapBatch, BatchAck> call, Context context, Load load, Runnable onAnswer) {
        this.call = call;
        this.context = context;
        this.batches = load.batches();
        this.tapsPerBatch = load.tapsPerBatch();
        this.onAnswer = onAnswer;
    }

    /** Connects.
     *
     *  @param onAnswer told of every batch that is answered as it should be */
    static Future<CheckedCall> open(Vertx vertx, GatewayClient gateway, Load load, Runnable onAnswer) {
        Context context = vertx.getOrCreateContext();
        Promise<CheckedCall> opened = Promise.promise();
        context.runOnContext(now -> gateway.call().onFailure(opened::fail).onSuccess(call -> {
            CheckedCall checked = new CheckedCall(call, context, load, onAnswer);
            call.exceptionHandler(checked.over::completeExceptionally);
            call.response().onFailure(checked.over::completeExceptionally).onSuccess(checked::listen);
            opened.complete(checked);
        }));
        return opened.future();
    }

    /** Where everything is to be done. */
    Context context() {
        return context;
    }

    /** Sends the next batch.
     *
     *  @return whether there is room for one more */
    boolean send() {
        Buffer message = Buffer.buffer(batches.get(sent % batches.size()));
        sent++;
        call.writeMessage(GrpcMessage.message("identity", message)).onFailure(over::completeExceptionally);
        return !call.writeQueueFull();
    }

    /** Tells when there is room again. */
    void onRoom(Runnable room) {
        call.drainHandler(drained -> room.run());
    }

    /** From now on answers are left where they are, in the core's way. */
    void stopReading() {
        reading = false;
        response.ifPresent(GrpcClientResponse::pause);
    }

    void readOn() {
        reading = true;
        response.ifPresent(GrpcClientResponse::resume);
    }

    /** Sends no more; {@link #over()} is done when the core has answered what it will answer. */
    void end() {
        call.end().onFailure(over::completeExceptionally);
    }

    /** Done when the core has ended the call in good order; fails if it ends otherwise or an answer is wrong. */
    CompletableFuture<CheckedCall> over() {
        return over;
    }

    long sentTaps() {
        return (long) sent * tapsPerBatch;
    }

    long answeredTaps() {
        return (long) answered * tapsPerBatch;
    }

    /** Taps sent that no earlier one equals: as many rows there should be. */
    long distinctTaps() {
        return (long) Math.min(sent, batches.size()) * tapsPerBatch;
    }

    private void listen(GrpcClientResponse<TapBatch, BatchAck> opened) {
        response = Optional.of(opened);
        opened.handler(this::answer);
        opened.exceptionHandler(over::completeExceptionally);
        opened.endHandler(end -> {
            if (opened.status() == GrpcStatus.OK) {
                over.complete(this);
            } else {
                over.completeExceptionally(new BenchFailed("the core ended a call with " + opened.status() + ": " + opened.statusMessage()));
            }
        });
        if (!reading) {
            opened.pause();
        }
    }

    private void answer(BatchAck ack) {
        Outcome expected = answered < batches.size() ? Outcome.ACCEPTED : Outcome.DUPLICATE;
        boolean right = answered < sent && ack.getBatchNo() == answered % batches.size() && ack.getAcksCount() == tapsPerBatch
                && ack.getAcksList().stream().map(TapAck::getOutcome).allMatch(outcome -> outcome == expected);
        if (right) {
            answered++;
            onAnswer.run();
        } else {
            over.completeExceptionally(new BenchFailed("answer " + answered + " of " + sent + " is for batch " + ack.getBatchNo() + " and has "
                    + ack.getAcksCount() + " outcomes, not all " + expected));
        }
    }
}
